import { until } from '../helpers/until';
import {
  desktop,
  type Fixture,
  holdByClicks,
  openFixture,
  pathsOf,
  phone,
  seat,
  withoutWorkers,
} from './helpers/fixture';

// Each trouble is a sentence and a way on, with nothing lost.

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  fixture.network.heal();
  expect(fixture.unexpectedErrors()).toEqual([]);
});

test('the server goes away and comes back: it says so, keeps the choice, and shows what changed meanwhile', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await page.getByText('Live', { exact: true }).waitFor();
  await seat(page, 1).click();
  fixture.network.cut();
  await page.getByText('The server cannot be reached just now.').first().waitFor();
  const rival = await fixture.world.fan(concert);
  await fixture.world.hold(rival, concert, concert.seatIds.slice(1, 2));
  fixture.network.heal();
  await until('seat 2 is held', async () =>
    /held by somebody/.test((await seat(page, 2).getAttribute('aria-label')) ?? ''),
  );
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Hold 1 seat' }).waitFor();
});

test('a command that is given while the server is away is carried out once when it is back', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...phone, points: 5000 });
  const holdId = await holdByClicks(page, concert, [1]);
  await page.getByRole('button', { name: 'Pay 1,000 points' }).waitFor();
  fixture.network.cut();
  await page.getByRole('button', { name: 'Pay 1,000 points' }).click();
  await page.getByText('The server cannot be reached just now.').first().waitFor();
  fixture.network.heal();
  await page.getByText('Show this code at the door.').waitFor();
  expect(await fixture.world.context.models.payments.countDocuments({ holdId })).toBe(1);
});

test('a page that is opened while the server has a bad minute fills itself', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user(desktop);
  let answers = 0;
  await page.route('**/v1/concerts/*/performances', (route) => {
    answers += 1;
    if (answers === 1) return route.fulfill({ status: 503, json: { code: 'SERVICE_UNAVAILABLE', status: 503 } });
    if (answers === 2)
      return route.fulfill({
        status: 429,
        headers: { 'Retry-After': '1' },
        json: { code: 'RATE_LIMITED', status: 429 },
      });
    return route.continue();
  });
  await page.goto(pathsOf(concert).concert);
  await page.getByRole('link', { name: /10 of 10 seats free/ }).waitFor();
  expect(answers).toBeGreaterThan(2);
});

test.each([
  ['a date', 'Sat, 28 Nov 2026 15:21:12 GMT'],
  ['more seconds than a timer counts', '99999999999'],
  ['no number', 'soon'],
])('a proxy that refuses with a Retry-After of %s is asked a few times, not thousands', async (_name, retryAfter) => {
  const concert = await fixture.world.concert();
  const { page, context } = await fixture.user(desktop);
  let requests = 0;
  await page.route('**/seats/events', (route) => {
    requests += 1;
    return route.fulfill({ status: 503, headers: { 'Retry-After': retryAfter }, body: '<h1>Busy</h1>' });
  });
  await page.goto(pathsOf(concert).seats);
  await until('it was asked', () => requests > 0);
  await page.waitForTimeout(3000);
  expect(requests).toBeLessThan(12);
  await context.close();
});

test('a proxy that holds event streams back: the seats come by polling', async () => {
  const concert = await fixture.world.concert();
  const { page, context } = await fixture.user(desktop);
  // Never answered.
  await page.route('**/seats/events', () => undefined);
  await page.goto(pathsOf(concert).seats);
  await seat(page, 1).waitFor();
  await context.close();
});

test('the session is over in the middle of a booking: after signing in again it goes on where it was', async () => {
  const concert = await fixture.world.concert();
  const { page, name } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await seat(page, 6).click();
  let refused = 0;
  await page.route('**/holds', (route) => {
    refused += 1;
    return refused === 1
      ? route.fulfill({ status: 401, json: { code: 'UNAUTHENTICATED', status: 401 } })
      : route.continue();
  });
  await page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await page.getByText('Your session is over.').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).last().click();
  expect(await page.getByLabel('Your name').inputValue()).toBe(name);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await until('it is held', async () => {
    const { models } = fixture.world.context;
    return (await models.holds.countDocuments({ performanceId: concert.performanceId, status: 'held' })) === 1;
  });
  await page
    .getByText(/You hold seats here until|Your seats are held/)
    .first()
    .waitFor();
});

test('a page that is opened with a session that is over asks for a new one, and shows everything after it', async () => {
  const { page } = await fixture.user({ ...phone, points: 700 });
  await page.goto('/points');
  await page.getByText('700 points', { exact: true }).waitFor();
  const session = `JSON.parse(localStorage.getItem('frontrow.session'))`;
  await page.evaluate(`localStorage.setItem('frontrow.session', JSON.stringify({ ...${session}, token: 'over' }))`);
  await page.evaluate(`localStorage.removeItem('frontrow.balance')`);
  await page.reload();
  await page.getByText('Your session is over.').waitFor();
  expect(await page.getByRole('alert').count()).toBe(1);
  await page.getByRole('link', { name: 'Sign in' }).last().click();
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('700 points', { exact: true }).waitFor();
});

test('whoever signs out leaves no token behind, and the next person is not kept waiting by a command of the last', async () => {
  const { page, context, name } = await fixture.user({ points: 100 });
  await page.goto('/points');
  const charge = async (amount: string) => {
    await page.getByLabel('Points to charge').fill(amount);
    await page.getByRole('button', { name: 'Charge', exact: true }).click();
  };
  await withoutWorkers(fixture, async () => {
    await charge('50');
    await page.getByRole('button', { name: /^Charging/ }).waitFor();
    await page.getByLabel(`Signed in as ${name}`).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Concerts' }).waitFor();
    expect(JSON.stringify(await context.storageState())).not.toMatch(/"token\\*":\\*"\w/);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Your name').fill(`${name} again`);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Points' }).click();
    await page.getByText('0 points', { exact: true }).waitFor();
  });
  await charge('70');
  await page.getByText('70 points charged.').first().waitFor();
  await page.getByText('70 points', { exact: true }).waitFor();

  // The first one's charge is the first one's, when they are back.
  await page.getByLabel(`Signed in as ${name} again`).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Concerts' }).waitFor();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Points' }).click();
  await page.getByText('150 points', { exact: true }).waitFor();
  const intents = `Object.values(JSON.parse(localStorage.getItem('frontrow.intents')))`;
  await until('both are shown as done', async () => {
    const balances = (await page.evaluate(`${intents}.map(({ outcome }) => outcome?.result?.balance)`)) as number[];
    return balances.length === 2 && balances.includes(150) && balances.includes(70);
  });
});

test('points short: names what is missing and charges it; the seats stay held', async () => {
  const concert = await fixture.world.concert({ price: 1500 });
  const { page } = await fixture.user({ ...phone, points: 1200 });
  const holdId = await holdByClicks(page, concert, [1]);
  await page.getByText('You are 300 points short.').waitFor();
  await page.getByRole('button', { name: 'Charge 300 points' }).click();
  await page.getByRole('button', { name: 'Pay 1,500 points' }).click();
  await page.getByText('You have 0 points left.').waitFor();
  expect(await fixture.world.context.models.holds.findById(holdId).lean()).toMatchObject({ status: 'paid' });
});

test.each([
  ['/nothing/here', null],
  ['/concerts/nothing', 'This concert does not exist, or no longer.'],
  ['/concerts/nothing/seats/nothing', 'This date does not exist, or no longer.'],
  ['/concerts/nothing/holds/nothing', 'These seats are not held by you.'],
  ['/reservations/nothing', 'There is no such ticket of yours.'],
])('%s: a sentence and a way on', async (path, sentence) => {
  const { page, context } = await fixture.user(desktop);
  const response = await page.goto(path);
  if (sentence === null) expect(response?.status()).toBe(404);
  else {
    await page.getByRole('alert').getByText(sentence).waitFor();
    await page.getByRole('alert').getByRole('link', { name: 'All concerts' }).click();
    await page.getByRole('heading', { name: 'Concerts' }).waitFor();
  }
  await context.close();
});

test('a concert without dates says so', async () => {
  await fixture.world.context.models.concerts.create({ _id: 'undated', title: 'Soon', createdAt: new Date() });
  const { page } = await fixture.user(desktop);
  await page.goto('/concerts/undated');
  await page.getByText('The dates of this concert are not set yet.').waitFor();
});

test('the name of the operator is sent to the operator’s page; an empty one is asked for', async () => {
  const { page } = await fixture.user({ signedIn: false });
  await page.goto('/sign-in');
  const go = page.getByRole('main').getByRole('button', { name: 'Sign in' });
  await go.click();
  await page.getByText('Please enter a name.').waitFor();
  await page.getByLabel('Your name').fill('admin');
  await go.click();
  await page.getByRole('link', { name: 'Operator’s page' }).waitFor();
});
