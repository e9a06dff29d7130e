import { until } from '../helpers/until';
import { desktop, type Fixture, holdByClicks, openFixture, pathsOf, phone, seat, wake } from './helpers/fixture';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

test('two people race for a seat: the loser sees which one, keeps the other, and goes on', async () => {
  const concert = await fixture.world.concert();
  const [ann, bob] = [await fixture.user(phone), await fixture.user(phone)];
  // So that the map can't show it before the server refuses.
  await bob.page.route('**/seats/events', (route) =>
    route.fulfill({ status: 429, json: { code: 'TOO_MANY_STREAMS', status: 429 } }),
  );
  for (const { page } of [ann, bob]) {
    await page.goto(pathsOf(concert).seats);
    await seat(page, 2).click();
  }
  await seat(bob.page, 3).click();
  await bob.page.route('**/seats', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  await ann.page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await ann.page.getByRole('heading', { name: 'Your seats are held' }).waitFor();
  await bob.page.getByRole('button', { name: 'Hold 2 seats' }).click();
  await bob.page.getByRole('alert').getByText('Just taken by somebody else: Section A, row 1, seat 2.').waitFor();
  await bob.page.unrouteAll();
  await until('it is marked', async () =>
    /held by somebody/.test((await seat(bob.page, 2).getAttribute('aria-label')) ?? ''),
  );
  await bob.page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await bob.page.getByText('Section A, row 1, seat 3').waitFor();
});

test('a chosen seat that somebody else takes leaves the choice by itself, and is named', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await page.getByText('Live', { exact: true }).waitFor();
  await seat(page, 8).click();
  await seat(page, 9).click();
  const rival = await fixture.world.fan(concert);
  await fixture.world.hold(rival, concert, concert.seatIds.slice(7, 8));
  await page.getByText('Just taken by somebody else: Section A, row 1, seat 8.').waitFor();
  await page.getByRole('button', { name: 'Hold 1 seat' }).waitFor();
});

test('the countdown runs out: the seats go back, nothing is charged, and the same choice is there again', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...phone, points: 5000 });
  await holdByClicks(page, concert, [5, 6]);
  const timer = page.getByRole('timer');
  await until('five minutes', async () => /^(5:00|4:5\d)$/.test((await timer.textContent()) ?? ''));
  fixture.world.clock.offsetMs += 297_000;
  await wake(page);
  await until('seconds', async () => /^0:0\d$/.test((await timer.textContent()) ?? ''));
  await page.getByRole('heading', { name: 'The time to pay is over.' }).waitFor();
  await page.getByRole('link', { name: 'Choose seats again' }).click();
  await page.getByRole('button', { name: 'Hold 2 seats' }).click();
  await page.getByRole('button', { name: 'Pay 2,000 points' }).click();
  await page.getByText('You have 3,000 points left.').waitFor();
});

test('a clock that is wrong by an hour, and a laptop that slept: the countdown is the server’s', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user(phone);
  await page.clock.install({ time: Date.now() - 3_600_000 });
  await holdByClicks(page, concert, [1]);
  const timer = page.getByRole('timer');
  await until('five minutes', async () => /^(5:00|4:5\d)$/.test((await timer.textContent()) ?? ''));
  fixture.world.clock.offsetMs += 120_000;
  await page.clock.fastForward(120_000);
  await until('three minutes', async () => /^(3:00|2:5\d)$/.test((await timer.textContent()) ?? ''));
});

test('seats that are given back are free for others at once', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user(phone);
  const holdId = await holdByClicks(page, concert, [10]);
  await page.getByRole('button', { name: 'Give the seats back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give the seats back' }).click();
  await page.getByRole('heading', { name: 'You gave these seats back.' }).waitFor();
  const { models } = fixture.world.context;
  expect(await models.holds.findById(holdId).lean()).toMatchObject({ status: 'released' });
});

test('seats that were held on another device: the map says whose they are, and they are paid there', async () => {
  const concert = await fixture.world.concert();
  const { page, name } = await fixture.user({ ...phone, points: 5000 });
  await holdByClicks(page, concert, [4]);
  const laptop = await fixture.user({ ...desktop, name });
  await laptop.page.goto(pathsOf(concert).seats);
  await laptop.page.getByText(/You hold seats here until/).waitFor();
  await until('it is marked', async () =>
    /held by you/.test((await seat(laptop.page, 4).getAttribute('aria-label')) ?? ''),
  );
  await laptop.page.getByRole('link', { name: 'Go to payment' }).click();
  await laptop.page.getByRole('button', { name: 'Pay 1,000 points' }).click();
  await laptop.page.getByText('Show this code at the door.').waitFor();
  await wake(page);
  await page.getByText('Show this code at the door.').waitFor();
});

test('a chosen seat that is held on another device meanwhile is no trouble, and each hold has its way to payment', async () => {
  const concert = await fixture.world.concert();
  const { page, name } = await fixture.user(phone);
  const laptop = await fixture.user({ ...desktop, name });
  await laptop.page.goto(pathsOf(concert).seats);
  for (const number of [7, 8]) await seat(laptop.page, number).click();
  await holdByClicks(page, concert, [7]);
  await laptop.page.getByText(/You hold seats here until/).waitFor();
  await laptop.page.getByRole('button', { name: 'Hold 1 seat' }).waitFor();
  expect(await laptop.page.getByRole('alert').count()).toBe(0);
  await holdByClicks(page, concert, [9]);
  await wake(laptop.page);
  await until('both are there', async () => (await laptop.page.getByText(/You hold seats here until/).count()) === 2);
});

test('four seats at most, and of one section: each a sentence, and nothing that was chosen is lost', async () => {
  const concert = await fixture.world.concert({ seats: 6, sections: ['A', 'B'] });
  const { page } = await fixture.user();
  await page.goto(pathsOf(concert).seats);
  for (const number of [1, 2, 3, 4, 5]) await seat(page, number).click();
  await page.getByText('At most 4 seats at once.').waitFor();
  await seat(page, 1, 'B').click();
  await page.getByText('You have begun in section A.').waitFor();
  await page.getByRole('button', { name: 'Hold 4 seats' }).waitFor();
  await page.getByRole('button', { name: 'Start over in section B' }).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).waitFor();
  await page.reload();
  expect(await seat(page, 1, 'B').getAttribute('aria-checked')).toBe('true');
});
