import type { Page } from 'playwright-core';
import { demoHallSeats } from '../../tools/dev/demo-hall';
import { type Fixture, openFixture } from './helpers/fixture';
import { seriousViolations, shot } from './helpers/operator';

// A hall that is drawn by the coordinates of its seating plan.

let fixture: Fixture;
let admin: string;
beforeAll(async () => {
  fixture = await openFixture();
  admin = (await fixture.world.admin()).token;
  await makeDate('hall', [...demoHallSeats()], { R: 2000, S: 1200, A: 700 });
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

async function makeDate(id: string, seats: object[], prices: object): Promise<void> {
  const { client } = fixture.world;
  const send = async (path: string, body: object) => {
    const { status, text } = await client.send('post', `/v1/admin/${path}`, { token: admin, body });
    if (status !== 201) throw new Error(text);
  };
  await send('seating-plans', { id, title: 'Hall', seats });
  await send('concerts', { id: `concert_${id}`, title: 'An Evening in the Hall' });
  const date = { id: `perf_${id}`, startsAt: '2033-05-01T10:00:00.000Z', seatingPlanId: id, prices };
  await send(`concerts/concert_${id}/performances`, date);
}

async function openHall(id: string, options = {}): Promise<Page> {
  const { page } = await fixture.user(options);
  await page.goto(`/concerts/concert_${id}`);
  await page.getByRole('link', { name: /Get in line|줄 서기/ }).click();
  await page.locator('.hall .seat').first().waitFor();
  return page;
}

const sizes = [
  ['phone', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }],
  ['desktop', { viewport: { width: 1280, height: 800 } }],
  ['phone-dark-ko', { viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme: 'dark', locale: 'ko-KR' }],
] as const;

test.each(sizes)('%s: the hall is drawn by its places, fits, and axe finds nothing serious', async (name, options) => {
  const page = await openHall('hall', options);
  const { models } = fixture.world.context;
  const ids = await models.seats.distinct('_id', { performanceId: 'perf_hall', order: { $in: [3, 4, 5, 40, 41, 90] } });
  await models.seats.updateMany({ _id: { $in: ids } }, { status: 'sold' });
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(overflow).toBe(0);
  // The first row bends: its ends are nearer to the stage than its middle.
  const tops = await page.evaluate(
    `[...document.querySelectorAll('[data-seat^="perf_hall-_1-"]')].slice(0, 14).map((seat) => seat.getBoundingClientRect().top)`,
  );
  const [end = 0, middle = 0] = [(tops as number[])[0], (tops as number[])[6]];
  expect(middle - end).toBeGreaterThan(5);
  expect(await seriousViolations(page)).toEqual([]);
  await shot(page, `planned-hall-${name}`, false);
  await shot(page, `planned-hall-${name}-whole`);
});

test('accessible places are marked by a sign and in words; labels are what the seat says', async () => {
  const page = await openHall('hall');
  const places = page.locator('.hall').getByRole('checkbox', { name: /wheelchair place/ });
  expect(await places.count()).toBe(2);
  expect(await places.first().locator('.wheelchair').count()).toBe(1);
  await page.getByRole('list', { name: 'Prices and signs' }).getByText('wheelchair place', { exact: true }).waitFor();
  const labelled = page.getByRole('checkbox', { name: /row 1, seat 201,.*restricted view/ });
  await labelled.click();
  await page.getByRole('region', { name: 'Your choice' }).getByText('2층-1-201').waitFor();
});

test('arrow keys go along the row and over the aisle; Home and End stay in it', async () => {
  const page = await openHall('hall');
  const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")');
  await page.locator('[data-seat="perf_hall-_1-1"]').focus();
  for (let number = 2; number <= 14; number += 1) {
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain(`row A, seat ${number},`);
  }
  await page.keyboard.press('Home');
  expect(await focused()).toContain('row A, seat 1,');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toContain('row B, seat');
});

test('who asks for a wheelchair place is found one with the companion beside it; others never are', async () => {
  const page = await openHall('hall');
  await page.getByLabel('With a wheelchair place').check();
  await page.getByRole('button', { name: 'Find 2 seats' }).click();
  await page.getByText('row W, seats').waitFor();
});

test('5,000 seats: drawn, moved through and chosen while one waits', async () => {
  const seats = Array.from({ length: 5000 }, (_, i) => {
    const [row, place] = [Math.floor(i / 100), i % 100];
    const radius = 60 + row;
    const angle = (place - 49.5) / radius;
    const at = { x: radius * Math.sin(angle), y: radius * Math.cos(angle) };
    return {
      section: `Block ${1 + Math.floor(place / 25)}`,
      row: String(row + 1),
      number: (place % 25) + 1,
      category: 'R',
      ...at,
    };
  });
  await makeDate('large', seats, { R: 100 });
  const page = await openHall('large', { viewport: { width: 1280, height: 800 } });
  await shot(page, 'planned-hall-large', false);
  const first = page.locator('[data-seat]').first();
  await first.focus();
  const spent = (await page.evaluate(`(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const longest = [];
    for (let i = 0; i < 30; i += 1) {
      const began = performance.now();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      await frame();
      longest.push(performance.now() - began);
    }
    return longest.sort((a, b) => a - b)[15];
  })()`)) as number;
  // A busy machine; an idle one takes a frame.
  expect(spent).toBeLessThan(1000);
});
