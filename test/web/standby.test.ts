import type { Page } from 'playwright-core';
import type { TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { type Fixture, openFixture, pathsOf, phone } from './helpers/fixture';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture({ settings: { OFFER_SECONDS: '240' } });
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

/** A concert of one seat, which somebody holds; gives it back. */
async function soldOut(): Promise<{ concert: TestConcert; giveBack(): Promise<unknown> }> {
  const { world } = fixture;
  const concert = await world.concert({ seats: 1 });
  const holder = await world.fan(concert);
  const { holdId } = await world.hold(holder, concert, concert.seatIds);
  return { concert, giveBack: () => world.client.command('delete', `/v1/holds/${holdId}`, holder) };
}

/** Not what is announced to those who don't see it. */
const offerOn = (page: Page) =>
  page.getByRole('region', { name: 'Standby' }).getByText('Seats came back, and they are held for you.');

test('standby on a sold-out date: the place in line, an offer that counts down on any device, and paying', async () => {
  const { concert, giveBack } = await soldOut();
  const { page, name } = await fixture.user({ ...phone, points: 5000 });
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('heading', { name: 'Standby' }).waitFor();
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  await page.getByText('You are number 1 of 1 on standby.').waitFor();
  await giveBack();
  await offerOn(page).waitFor();
  await until('four minutes', async () => /^(4:00|3:\d\d)$/.test((await page.getByRole('timer').textContent()) ?? ''));
  const bar = page.locator('.countdown .progress span');
  // Of its own four minutes, not of the five that a hold has.
  await until(
    'nearly all is left',
    async () => Number.parseFloat((await bar.getAttribute('style'))?.split(':')[1] ?? '') > 90,
  );
  const other = await fixture.user({ ...phone, name });
  await other.page.goto(pathsOf(concert).seats);
  await offerOn(other.page).waitFor();
  await page.getByRole('link', { name: 'Go to payment' }).click();
  await page.getByRole('button', { name: 'Pay 1,000 points' }).click();
  await page.getByText('Paid. See you there!').waitFor();
});

test('what was offered is given back, and goes to the next', async () => {
  const { concert, giveBack } = await soldOut();
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  await page.getByText('You are number 1 of 1 on standby.').waitFor();
  const next = await fixture.user(phone);
  await next.page.goto(pathsOf(concert).seats);
  await next.page.getByRole('button', { name: 'Join the standby line' }).click();
  await next.page.getByText('You are number 2 of 2 on standby.').waitFor();
  await giveBack();
  await offerOn(page).waitFor();
  await next.page.getByText('You are number 1 of 1 on standby.').waitFor();
  await page.getByRole('button', { name: 'Give the seats back' }).click();
  await offerOn(next.page).waitFor();
});

test('of a date that started the place is over, and the page says so', async () => {
  const { concert } = await soldOut();
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  await page.getByText('You are number 1 of 1 on standby.').waitFor();
  const { performances } = fixture.world.context.models;
  await performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date(fixture.world.clock.now()) });
  await page.getByText('The date has started, so standby for it is over.').waitFor();
});

test('the place is given up; in Korean', async () => {
  const { concert } = await soldOut();
  const { page } = await fixture.user({ ...phone, locale: 'ko-KR' });
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('heading', { name: '예매대기' }).waitFor();
  await page.getByRole('button', { name: '예매대기 신청' }).click();
  await page.getByText('예매대기 1명 중 1번째입니다.').waitFor();
  await page.getByRole('button', { name: '예매대기 취소' }).click();
  await page.getByRole('button', { name: '예매대기 신청' }).waitFor();
});

test('on the narrowest phone the way to a sold-out date is one line of words', async () => {
  const { concert } = await soldOut();
  const { page } = await fixture.user({ ...phone, viewport: { width: 360, height: 740 } });
  await page.goto(pathsOf(concert).concert);
  await page.getByText('No seat free right now').waitFor();
  const box = await page.getByText('Get in line', { exact: true }).boundingBox();
  expect(box?.height).toBeLessThan(32);
});

/** Paths of everything that a page asks for from now on. */
function requestsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return asked;
}

const polls = (asked: readonly string[]) => asked.filter((path) => path === '/v1/standby').length;

test('an offer appears on all devices by the stream of the seats, without a poll', async () => {
  const { concert, giveBack } = await soldOut();
  const { page, name } = await fixture.user(phone);
  const other = await fixture.user({ ...phone, name });
  const pages = [page, other.page];
  const asked = pages.map(requestsOf);
  for (const one of pages) await one.goto(pathsOf(concert).seats);
  await other.page.getByRole('button', { name: 'Join the standby line' }).waitFor();
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  for (const one of pages) await one.getByText('You are number 1 of 1 on standby.').waitFor();
  // Between its outcome and the event, a page that joined may have asked once.
  expect(asked.map(polls)[1]).toBe(0);
  const before = asked.map(polls);
  await giveBack();
  for (const one of pages) await offerOn(one).waitFor();
  await other.page.getByRole('button', { name: 'Give the seats back' }).click();
  for (const one of pages) await one.getByRole('timer').waitFor({ state: 'detached' });
  expect(asked.map(polls)).toEqual(before);
  expect(asked.map((all) => all.filter((path) => path.endsWith('/events')))).toEqual(
    pages.map(() => [`/v1/performances/${concert.performanceId}/seats/events`]),
  );
});

/** As where so many streams are open already, or a proxy holds them back. */
const withoutStreams = (page: Page) =>
  page.route('**/seats/events', (route) =>
    route.fulfill({ status: 429, json: { code: 'TOO_MANY_STREAMS', status: 429 } }),
  );

test('without the stream an offer is polled', async () => {
  const { concert, giveBack } = await soldOut();
  const { page } = await fixture.user(phone);
  await withoutStreams(page);
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  await page.getByText('You are number 1 of 1 on standby.').waitFor();
  await giveBack();
  await offerOn(page).waitFor();
});

test('what was shown stays when the stream breaks off, and is polled until it is back', async () => {
  const { concert, giveBack } = await soldOut();
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  const place = page.getByText('You are number 1 of 1 on standby.');
  await place.waitFor();
  const asked = requestsOf(page);
  await withoutStreams(page);
  fixture.network.reset();
  await page.getByText('Updated every few seconds').waitFor();
  expect(await place.isVisible()).toBe(true);
  await giveBack();
  await offerOn(page).waitFor();
  expect(polls(asked)).toBeGreaterThan(0);
});

test('another user who signs in on another tab is not shown the place of the one before', async () => {
  const { concert } = await soldOut();
  const { page, tab } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  const place = page.getByText('You are number 1 of 1 on standby.');
  await place.waitFor();
  const { token, id: userId } = await fixture.world.user();
  const session = JSON.stringify({ token, userId, name: 'Next' });
  await (await tab()).goto('/');
  await page
    .context()
    .pages()
    .at(-1)
    ?.evaluate(`localStorage.setItem('frontrow.session', ${JSON.stringify(session)})`);
  await place.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Join the standby line' }).click();
  await page.getByText('You are number 2 of 2 on standby.').waitFor();
});

test('who has no place on standby asks for none again, where there is no stream', async () => {
  const { concert } = await soldOut();
  const { page } = await fixture.user(phone);
  await withoutStreams(page);
  await page.clock.install();
  const asked = requestsOf(page);
  await page.goto(pathsOf(concert).seats);
  await page.getByRole('button', { name: 'Join the standby line' }).waitFor();
  for (let round = 0; round < 3; round += 1) {
    await page.clock.runFor(5000);
    await page.evaluate(`fetch('/v1/concerts').then((answer) => answer.text())`);
  }
  expect(polls(asked)).toBe(1);
});
