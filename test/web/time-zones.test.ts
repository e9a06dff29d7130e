import type { Page } from 'playwright-core';
import type { TestConcert } from '../helpers/builders';
import { desktop, type Fixture, openFixture, pathsOf, phone, seat } from './helpers/fixture';
import { openOperator, signInAsAdmin } from './helpers/operator';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

/** On 21 June 2030 at 10:30 in Seoul, which is the evening before in New York. */
async function concertInSeoul(opensAt: Date | null = null): Promise<TestConcert> {
  const { models } = fixture.world.context;
  const concert = await fixture.world.concert();
  await models.concerts.updateOne({ _id: concert.concertId }, { timeZone: 'Asia/Seoul', opensAt });
  await models.performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date('2030-06-21T01:30:00Z') });
  return concert;
}

const newYork = { timezoneId: 'America/New_York' };
// Versions of ICU differ in commas.
const english = {
  ...{ full: /^Friday,? 21 June 2030 at 10:30 Korean Standard Time$/, short: /^21 Jun 2030, 10:30 GMT\+9$/ },
  own: 'Your time: 20 Jun 2030, 21:30 GMT−4',
};

/** Waits for these texts, and for the viewer's own time, or that there is none. */
async function shows(page: Page, texts: (string | RegExp)[], own: string | null): Promise<void> {
  for (const text of texts) await page.getByText(text).first().waitFor();
  expect(await page.locator('.own-time').allTextContents()).toEqual(own === null ? [] : [own]);
}

test('from another zone every page shows the time at the venue, its zone, and the own time beside it', async () => {
  const concert = await concertInSeoul();
  const { page } = await fixture.user({ ...phone, ...newYork, points: 5000 });
  const { full, short, own } = english;
  await page.goto(pathsOf(concert).concert);
  await shows(page, ['Friday · 10:30', 'Korean Standard Time'], own);
  expect(await page.locator('.date-card-day > *').allTextContents()).toEqual(['Jun', '21', '2030']);
  await page.goto(pathsOf(concert).seats);
  await shows(page, [full], own);
  await seat(page, 1).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).click();
  await page.getByRole('timer').waitFor();
  await shows(page, [full], own);
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.getByText('Show this code at the door.').waitFor();
  await shows(page, [full], own);
  // When it was paid is shown by the viewer's clock, which is named as well.
  expect(await page.locator('.facts dd').last().textContent()).toMatch(/ GMT−[45]$/);
  await page.goto('/reservations');
  await shows(page, [short], own);
});

test.each(['Asia/Seoul', 'Asia/Tokyo'])(
  'where the clocks show the same, one time is enough: %s',
  async (timezoneId) => {
    const concert = await concertInSeoul();
    const { page } = await fixture.user({ ...desktop, timezoneId });
    await page.goto(pathsOf(concert).concert);
    await shows(page, ['Friday · 10:30', 'Korean Standard Time'], null);
    await page.goto(pathsOf(concert).seats);
    await shows(page, [english.full], null);
  },
);

test('a queue opens by the clock of the venue, too', async () => {
  const concert = await concertInSeoul(new Date('2030-05-01T11:00:00Z'));
  const { page } = await fixture.user({ ...phone, ...newYork });
  const own = 'Your time: 1 May 2030, 07:00 GMT−4';
  await page.goto('/');
  const card = page.locator(`a[href="/concerts/${concert.concertId}"]`);
  await card.getByText('The line opens 1 May 2030, 20:00 GMT+9').waitFor();
  expect(await card.locator('.own-time').textContent()).toBe(own);
  await page.goto(pathsOf(concert).concert);
  await page.getByText(/^The line opens Wednesday,? 1 May 2030 at 20:00 Korean Standard Time\.$/).waitFor();
  expect(await page.locator('.notice .own-time').textContent()).toBe(own);
  await page.goto(pathsOf(concert).line);
  await page
    .locator('.position')
    .getByText(/^Wednesday,? 1 May 2030 at 20:00 Korean Standard Time$/)
    .waitFor();
  expect(await page.locator('.position .own-time').textContent()).toBe(own);
});

test('in Korean', async () => {
  const concert = await concertInSeoul();
  const { page } = await fixture.user({ ...phone, ...newYork, locale: 'ko-KR' });
  await page.goto(pathsOf(concert).seats);
  await page.getByText(/^2030년 6월 21일 금요일 .*10:30 (한국|대한민국) 표준시$/).waitFor();
  expect(await page.locator('.own-time').textContent()).toMatch(/^내 시간대 기준 2030년 6월 20일 .*9:30 GMT−4$/);
});

test('the year is left out on a date of this year', async () => {
  const concert = await fixture.world.concert();
  const { models, clock } = fixture.world.context;
  const startsAt = new Date(clock.now() + 60_000);
  await models.performances.updateOne({ _id: concert.performanceId }, { startsAt });
  const { page } = await fixture.user({ ...desktop, timezoneId: 'UTC' });
  await page.goto(pathsOf(concert).concert);
  await page.locator('.date-card').waitFor();
  const parts = await page.locator('.date-card-day > *').allTextContents();
  // In the last minute of a year the date is one of the next.
  const year = startsAt.getUTCFullYear();
  expect(parts.includes(String(year))).toBe(year !== new Date().getUTCFullYear());
});

test("the operator's pages show the venue's time, and the operator's own beside it", async () => {
  const concert = await concertInSeoul(new Date('2030-05-01T11:00:00Z'));
  const { world, browser } = fixture;
  const { page, context, complaints } = await openOperator(browser, world.url, { ...newYork, locale: 'en-GB' });
  await signInAsAdmin(page);
  await page.getByRole('heading', { name: 'Sales' }).waitFor();
  await page.goto(`/operator/concerts/${concert.concertId}`);
  await page.getByRole('heading', { name: english.short }).waitFor();
  await page.getByRole('region', { name: 'Dates' }).getByText('Times are those of the venue: Asia/Seoul').waitFor();
  await page.getByText('Opens 1 May 2030, 20:00 GMT+9').waitFor();
  expect(await page.locator('.own-time').allTextContents()).toEqual([
    'Your time: 1 May 2030, 07:00 GMT−4',
    english.own,
  ]);
  expect(complaints).toEqual([]);
  await context.close();
});
