import type { Fan, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { type Fixture, holdByClicks, openFixture, pathsOf, phone, seat, wake } from './helpers/fixture';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

const leave = ({ concertId }: TestConcert, fan: Fan) =>
  fixture.world.client.send('delete', `/v1/concerts/${concertId}/queue-token`, fan);

async function control({ concertId }: TestConcert, verb: string, body?: object): Promise<void> {
  const path = `/v1/admin/concerts/${concertId}/waiting-room/${verb}`;
  const { status } = await fixture.world.client.send('post', path, {
    ...(await fixture.world.admin()),
    ...(body && { body }),
  });
  expect(status).toBe(200);
}

/** A concert that lets one person in at a time: one is in, and the others stand in line. */
async function crowded(others: number) {
  const concert = await fixture.world.concert({ room: { maxActive: 1 } });
  const inside = await fixture.world.fan(concert);
  const line: Fan[] = [];
  for (let i = 0; i < others; i += 1) line.push(await fixture.world.fan(concert));
  return { concert, inside, line };
}

test('the line moves, keeps the place over a reload and in a second tab, and lets in by itself', async () => {
  const { concert, inside, line } = await crowded(2);
  const { page, tab } = await fixture.user(phone);
  await page.goto(pathsOf(concert).line);
  await page.getByText('2 people ahead of you').waitFor();
  await page.getByText('Your place is yours.').waitFor();
  await until('the title shows it', async () => /^\(3\) /.test(await page.title()));
  await page.reload();
  await page.getByText('2 people ahead of you').waitFor();
  const other = await tab();
  await other.goto(pathsOf(concert).line);
  await other.getByText('2 people ahead of you').waitFor();

  const [first, second] = line;
  if (first) await leave(concert, first);
  await page.getByText('1 person ahead of you').waitFor();
  await leave(concert, inside);
  await page.getByText('You are next.').waitFor();
  expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('67');
  if (second) await leave(concert, second);
  await page.getByRole('heading', { name: 'Choose your seats' }).waitFor();
  await other.getByRole('heading', { name: 'Choose your seats' }).waitFor();
  await seat(page, 1).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await page.getByRole('heading', { name: 'Your seats are held' }).waitFor();
});

test('paused: says so, keeps the place, and goes on by itself', async () => {
  const { concert, inside } = await crowded(0);
  const { page } = await fixture.user();
  await page.goto(pathsOf(concert).line);
  await page.getByText('You are next.').waitFor();
  await control(concert, 'pause');
  await page.getByText('The line is paused.').waitFor();
  await leave(concert, inside);
  await control(concert, 'resume');
  await page.getByRole('heading', { name: 'Choose your seats' }).waitFor();
});

test('drained: says so, and joins as soon as it can', async () => {
  const { concert } = await crowded(0);
  await control(concert, 'drain');
  const { page } = await fixture.user();
  await until('the room is drained for all', async () => {
    const path = `/v1/concerts/${concert.concertId}/queue-token`;
    return (await fixture.world.client.send('post', path, await fixture.world.user())).status === 409;
  });
  await page.goto(pathsOf(concert).line);
  await page.getByText('The line takes nobody new at the moment.').waitFor();
  await control(concert, 'resume');
  // It looks every five seconds by itself; coming back to the page is enough.
  await until('it joined', async () => {
    await wake(page);
    return page.getByText('ahead of you').or(page.getByText('You are next.')).first().isVisible();
  });
});

test('started anew: says so, and takes a new place when asked to', async () => {
  const { concert } = await crowded(1);
  const { page } = await fixture.user();
  await page.goto(pathsOf(concert).line);
  await page.getByText('1 person ahead of you').waitFor();
  await control(concert, 'reset', { epoch: 1 });
  await page.getByText('The organiser has started the line anew.').waitFor();
  await page.getByRole('button', { name: 'Take a new place' }).click();
  await page.getByRole('heading', { name: 'Choose your seats' }).waitFor();
});

test('a visit that ran out: says so at the seats, keeps the choice, and a new place leads back', async () => {
  const concert = await fixture.world.concert({ room: { sessionSeconds: 60, maxSessionSeconds: 60 } });
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await seat(page, 4).click();
  fixture.world.clock.offsetMs += 61_000;
  await page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await page.getByText('Your visit is over.').waitFor();
  await page.getByRole('button', { name: 'Take a new place' }).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await page.getByRole('heading', { name: 'Your seats are held' }).waitFor();
});

test('leaving asks first, and nobody is put in line again behind their back', async () => {
  const { concert } = await crowded(0);
  const { page, tab } = await fixture.user();
  await page.goto(pathsOf(concert).line);
  await page.getByText('You are next.').waitFor();
  const other = await tab();
  await other.goto(pathsOf(concert).line);
  await other.getByText('You are next.').waitFor();
  await page.getByRole('button', { name: 'Leave the line' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave the line' }).click();
  await page.getByRole('heading', { name: 'Dates' }).waitFor();
  await other.getByText('You have left the line.').waitFor();
});

test('paying ends the visit in every tab, and no tab joins the line again by itself', async () => {
  const concert = await fixture.world.concert();
  const { page, tab } = await fixture.user({ ...phone, points: 5000 });
  const other = await tab();
  await other.goto(pathsOf(concert).seats);
  await seat(other, 1).waitFor();
  await holdByClicks(page, concert, [2]);
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.getByText('Show this code at the door.').waitFor();
  await other.getByText('Your visit ended with your payment.').waitFor();
  const joins: string[] = [];
  other.on('request', (request) => {
    if (request.method() === 'POST') joins.push(request.url());
  });
  // Waking up asks for everything that is shown; what was not asked for by then is not asked for at all.
  const asked = other.waitForResponse(/\/v1\/performances\/\w+$/);
  await wake(other);
  await asked;
  expect(joins).toEqual([]);
  expect(await fixture.world.context.models.payments.countDocuments({})).toBe(1);
});

test('paying one of two holds goes on with the visit; paying the other one ends it', async () => {
  const concert = await fixture.world.concert();
  const { page, tab } = await fixture.user({ ...phone, points: 5000 });
  const other = await tab();
  await holdByClicks(page, concert, [2]);
  await holdByClicks(other, concert, [3]);
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.getByText('Show this code at the door.').waitFor();
  await page.goto(pathsOf(concert).seats);
  await seat(page, 5).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).waitFor();
  await other.getByRole('button', { name: /^Pay/ }).click();
  await other.getByText('Show this code at the door.').waitFor();
  await page.getByText('Your visit ended with your payment.').waitFor();
});

test('a visit that ran out does not stop the payment of seats that are held', async () => {
  const concert = await fixture.world.concert({ room: { sessionSeconds: 60, maxSessionSeconds: 60 } });
  const { page } = await fixture.user({ ...phone, points: 5000 });
  await holdByClicks(page, concert, [4]);
  fixture.world.clock.offsetMs += 61_000;
  await wake(page);
  await page.getByRole('button', { name: 'Pay 1,000 points' }).click();
  await page.getByText('Show this code at the door.').waitFor();
});

test('before it opens: the draw number and a countdown; then a place', async () => {
  const { world } = fixture;
  const concert = await world.concert({ room: { maxActive: 0 } });
  const opensAt = new Date(world.clock.now() + 60_000);
  await world.context.models.concerts.updateOne({ _id: concert.concertId }, { opensAt });
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).line);
  await page.getByText('Your draw number is 1.').waitFor();
  await until('it counts', async () => /^(01:00|00:5\d)$/.test((await page.getByRole('timer').textContent()) ?? ''));
  world.clock.offsetMs += 61_000;
  await page.getByText('You are next.').waitFor();
});

test('who is let in goes where the concert says, if it says so', async () => {
  const { concert, inside } = await crowded(0);
  const entryUrl = `${fixture.world.url}/points?from=queue`;
  await fixture.world.context.models.concerts.updateOne({ _id: concert.concertId }, { entryUrl });
  // Other processes follow within a second.
  fixture.world.context.concerts.drop(concert.concertId);
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).line);
  await page.getByText('You are next.').waitFor();
  await leave(concert, inside);
  await page.waitForURL(entryUrl);
});
