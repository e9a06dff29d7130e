import type { Page } from 'playwright-core';
import { until } from '../helpers/until';
import { desktop, type Fixture, openFixture, pathsOf, phone, seat } from './helpers/fixture';
import { openOperator, signInAsAdmin } from './helpers/operator';

// Small windows, long words, many prices, and a browser without JavaScript.

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

/** 200 % zoom of 1280 by 800, a phone on its side, and 400 % of 1280 (WCAG 2.2, 1.4.10). */
const small = [
  { width: 640, height: 400 },
  { width: 844, height: 390, hasTouch: true },
  { width: 320, height: 640, hasTouch: true },
];

/** Seats whose middle is in the window, and that a click there would reach. */
const reachable = `[...document.querySelectorAll('.hall .seat.available')].filter((seat) => {
  const { x, y, width, height } = seat.querySelector('.box').getBoundingClientRect();
  const at = document.elementFromPoint(x + width / 2, y + height / 2);
  return at && seat.contains(at);
}).length`;

/** Whether the focused seat is in the window, and nothing lies over it, as it was painted last (WCAG 2.2, 2.4.11). */
const isFocusVisible = `(async () => {
  for (let i = 0; i < 2; i += 1) await new Promise(requestAnimationFrame);
  const { x, y, width, height } = document.activeElement.querySelector('.box').getBoundingClientRect();
  return [[x + 2, y + height / 2], [x + width / 2, y + 2], [x + width / 2, y + height - 2]].every(([left, top]) =>
    document.activeElement.contains(document.elementFromPoint(left, top)));
})()`;

test.each(small)(
  '$width by $height: seats can be clicked at first view, and the focused seat is never covered',
  async (size) => {
    const { hasTouch = false, ...viewport } = size;
    const concert = await fixture.world.concert({ seats: 60, sections: ['A', 'B'] });
    const { models } = fixture.world.context;
    for (const seatId of concert.seatIds) {
      const found = await models.seats.findById(seatId);
      const at = (found?.number ?? 1) - 1;
      await models.seats.updateOne({ _id: seatId }, { row: String(Math.floor(at / 10) + 1), number: (at % 10) + 1 });
    }
    const { page, context } = await fixture.user({ viewport, hasTouch });
    await page.goto(pathsOf(concert).seats);
    await seat(page, 1).waitFor();
    await page.getByText('Choose up to 4 seats').waitFor();
    expect(await page.evaluate(reachable)).toBeGreaterThanOrEqual(5);
    expect(await page.evaluate('scrollY')).toBe(0);
    await seat(page, 1).focus();
    for (let i = 0; i < 5; i += 1) {
      expect([i, await page.evaluate(isFocusVisible)]).toEqual([i, true]);
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
    }
    expect(await page.evaluate(isFocusVisible)).toBe(true);
    await context.close();
  },
);

const longWord = 'Donaudampfschifffahrtselektrizitaeten'.repeat(3).slice(0, 96);

test.each([phone, { viewport: { width: 320, height: 640 } }, desktop])(
  'a title of one word of 96 letters wraps on every page: %j',
  async (look) => {
    const { world } = fixture;
    const concert = await world.concert({ room: { maxActive: 1 } });
    await world.context.models.concerts.updateOne({ _id: concert.concertId }, { title: longWord });
    const { page, context } = await fixture.user({ ...look, points: 5000 });
    const wide: string[] = [];
    const check = async (name: string, text: RegExp | string) => {
      await page.getByText(text).first().waitFor();
      const width = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (width > look.viewport.width) wide.push(`${name}: ${width}`);
    };
    await page.goto('/');
    await check('concerts', longWord);
    await page.goto(pathsOf(concert).concert);
    await check('concert', longWord);
    await page.goto(pathsOf(concert).seats);
    await check('seats', longWord);
    await seat(page, 1).click();
    await page.getByRole('button', { name: 'Hold 1 seat' }).click();
    await page.getByRole('timer').waitFor();
    await check('hold', longWord);
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.getByText('Show this code at the door.').waitFor();
    await check('ticket', longWord);
    await page.goto('/reservations');
    await check('tickets', longWord);
    // One is let in, and one waits before this user, whose visit has ended with the payment.
    for (let i = 0; i < 2; i += 1) await world.fan(concert);
    await page.goto(pathsOf(concert).line);
    await page.getByRole('button', { name: 'Take a new place' }).click();
    await check('queue', 'ahead of you');
    expect(wide).toEqual([]);
    await context.close();
  },
);

test("it wraps in Korean, too, where words are kept together, and on the operator's pages", async () => {
  const { world, browser } = fixture;
  const concert = await world.concert();
  const opensAt = new Date(world.clock.now() + 20 * 86_400_000);
  await world.context.models.concerts.updateOne({ _id: concert.concertId }, { title: longWord, opensAt });
  const look = { viewport: { width: 320, height: 640 }, locale: 'ko-KR', timezoneId: 'America/New_York' };
  const { page, context } = await fixture.user(look);
  const operator = await openOperator(browser, world.url, look);
  await signInAsAdmin(operator.page);
  await operator.page.locator('.dates').first().waitFor();
  const wide: string[] = [];
  const check = async (on: Page, path: string) => {
    await on.goto(path);
    await on.getByText(longWord).first().waitFor();
    await on.locator('.own-time').first().waitFor();
    const width = Number(await on.evaluate('document.documentElement.scrollWidth'));
    const title = await on.getByText(longWord).first().boundingBox();
    if (width > 320 || (title?.width ?? 999) > 320) wide.push(`${path}: ${width}`);
  };
  const paths = pathsOf(concert);
  for (const path of ['/', paths.concert, paths.line, paths.seats]) await check(page, path);
  for (const path of ['/operator', `/operator/concerts/${concert.concertId}`]) await check(operator.page, path);
  expect(wide).toEqual([]);
  await context.close();
  await operator.context.close();
});

test('the button that holds seats keeps its words whole at 320 pixels', async () => {
  const concert = await fixture.world.concert({ price: 21_000 });
  const { page, context } = await fixture.user({ viewport: { width: 320, height: 640 } });
  await page.goto(pathsOf(concert).seats);
  for (const number of [1, 2, 3]) await seat(page, number).click();
  const button = page.getByRole('button', { name: 'Hold 3 seats' });
  const { width = 0, height = 999 } = (await button.boundingBox()) ?? {};
  // Of one line.
  expect([width > 80, height < 50]).toEqual([true, true]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  await context.close();
});

test.each([
  [20 * 86_400 - 5, /^19 days 23:59:\d\d$/],
  [1400 * 86_400 + 3600, /^1,400 days 0[01]:\d\d:\d\d$/],
  [5 * 3600 - 5, /^04:59:\d\d$/],
])('an opening in %d seconds is counted in days, and fits into 320 pixels', async (seconds, expected) => {
  const { world } = fixture;
  const concert = await world.concert();
  const opensAt = new Date(world.clock.now() + seconds * 1000);
  await world.context.models.concerts.updateOne({ _id: concert.concertId }, { opensAt });
  const { page, context } = await fixture.user({ viewport: { width: 320, height: 640 } });
  await page.goto(pathsOf(concert).line);
  const timer = page.getByRole('timer');
  await until('it counts', async () => expected.test((await timer.textContent()) ?? ''));
  const { x = 0, width = 999 } = (await timer.boundingBox()) ?? {};
  expect(x + width).toBeLessThanOrEqual(320);
  expect(await timer.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await context.close();
});

test.each(['light', 'dark'] as const)(
  '20 prices have 20 colours, none of which looks sold: %s',
  async (colorScheme) => {
    const concert = await fixture.world.concert({ seats: 22 });
    const { models } = fixture.world.context;
    for (const [i, seatId] of concert.seatIds.entries())
      await models.seats.updateOne(
        { _id: seatId },
        { price: 1000 + 100 * Math.min(i, 19), ...(i > 19 && { status: 'sold' }) },
      );
    const { page, context } = await fixture.user({ ...desktop, colorScheme });
    await page.goto(pathsOf(concert).seats);
    await seat(page, 1).waitFor();
    const fills = (await page.evaluate(`[...document.querySelectorAll('.hall .seat.available .box')].map((box) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context.fillStyle = getComputedStyle(box).fill;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  })`)) as [number, number, number][];
    expect(fills).toHaveLength(20);
    expect(new Set(fills.map(String)).size).toBe(20);
    // Grey has no chroma: red, green and blue are alike.
    for (const fill of fills) expect(Math.max(...fill) - Math.min(...fill)).toBeGreaterThan(40);
    await page.locator('.legend').getByText('2,900 points').waitFor();
    await context.close();
  },
);

test.each([phone, desktop])('without JavaScript a sentence says so at first sight: %j', async (look) => {
  const { page, context } = await fixture.user({ ...look, javaScriptEnabled: false, signedIn: false });
  for (const path of ['/', '/operator']) {
    await page.goto(path);
    // Found by its language: what is in a noscript has no text for Playwright.
    const sentence = page.locator('noscript p[lang=en]');
    expect(await sentence.textContent()).toContain('This page needs JavaScript.');
    const { y = 9999, height = 0 } = (await sentence.boundingBox()) ?? {};
    expect([path, y + height < look.viewport.height / 2]).toEqual([path, true]);
  }
  await context.close();
});

test('a concert that is sold elsewhere: whoever is admitted goes there, and no token is in the address', async () => {
  const { world } = fixture;
  const concert = await world.concert();
  const { page } = await fixture.user(desktop);
  const entryUrl = `${new URL(world.url).origin}/docs/?from=frontrow`;
  await world.context.models.concerts.updateOne({ _id: concert.concertId }, { entryUrl });
  await page.goto(pathsOf(concert).line);
  await page.waitForURL(entryUrl);
});
