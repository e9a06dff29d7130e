import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
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

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe finds on a page as it is now. */
async function findings(page: Page): Promise<string[]> {
  const run = 'axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)';
  // Not by a script element, which the policy of the page refuses.
  const found = (await page.evaluate(`${axe}; ${run}`)) as Finding[];
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html}\n${failureSummary}`),
  );
}

const looks = [
  ['a phone, light, English', { ...phone, locale: 'en-GB', colorScheme: 'light' }],
  ['a desktop, dark, Korean', { ...desktop, locale: 'ko-KR', colorScheme: 'dark' }],
] as const;

test.each(looks)('axe finds nothing on any page: %s', async (_name, look) => {
  const { world } = fixture;
  const concert = await world.concert({ seats: 5, sections: ['A', 'B'], price: 1500 });
  const full = await world.concert({ room: { maxActive: 0 } });
  const { page } = await fixture.user({ ...look, points: 1000 });
  const visitor = await fixture.user({ ...look, signedIn: false });
  const sold = await world.fan(concert, { points: 3000 });
  await world.pay(sold, (await world.hold(sold, concert, concert.seatIds.slice(8, 9))).holdId);
  const problems: string[] = [];
  const check = async (where: string, on = page) => {
    problems.push(...(await findings(on)).map((finding) => `${where}: ${finding}`));
  };

  await visitor.page.goto('/sign-in');
  await visitor.page.getByRole('textbox').waitFor();
  await check('sign-in', visitor.page);
  await page.goto('/');
  await page.locator('.concert-card').first().waitFor();
  await check('concerts');
  await page.goto(pathsOf(concert).concert);
  await page.locator('.date-card').first().waitFor();
  await check('dates');
  await page.goto(pathsOf(full).line);
  await page.getByRole('progressbar').waitFor();
  await check('line');
  await page.goto(pathsOf(concert).seats);
  await page.locator('.hall .seat').nth(3).click();
  await page.locator('.hall .seat').nth(6).click();
  await page.getByRole('alert').waitFor();
  await check('seats');
  await page.locator('.choice-bar .button').click();
  await page.getByRole('timer').waitFor();
  await page.locator('.notice').waitFor();
  await check('hold, points short');
  await page.locator('.notice .button').click();
  await until('enough', async () => (await page.locator('.notice').count()) === 0);
  await page.locator('.button.main.wide').click();
  await page.getByRole('img').waitFor();
  await check('ticket');
  await page.goto('/points');
  await page.locator('.ledger li').first().waitFor();
  await check('points');
  await page.goto('/reservations');
  await page.locator('.ticket-card').waitFor();
  await check('tickets');
  await page.goto('/concerts/nothing');
  await page.getByRole('alert').waitFor();
  await check('nothing there');
  expect(problems).toEqual([]);
});

test('the whole booking with the keyboard alone', async () => {
  const concert = await fixture.world.concert({ seats: 6, sections: ['A', 'B'] });
  const { page } = await fixture.user({ ...desktop, points: 5000 });
  const { keyboard } = page;
  const focused = () =>
    page.evaluate(`{
      const at = document.activeElement;
      at === document.body ? '' : at.getAttribute('aria-label') ?? at.textContent;
    }`) as Promise<string>;
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 40; i += 1) {
      if (name.test(await focused())) return;
      await keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${name}`);
  };
  await page.goto(pathsOf(concert).concert);
  await page.locator('.date-card').waitFor();
  await tabTo(/Get in line/);
  await keyboard.press('Enter');
  await seat(page, 1).waitFor();
  await tabTo(/^Section A, row 1, seat 1,/);
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  expect(await focused()).toMatch(/^Section A, row 1, seat 3,.*free$/);
  await keyboard.press('Space');
  expect(await focused()).toMatch(/chosen$/);
  await keyboard.press('End');
  await keyboard.press('ArrowRight');
  expect(await focused()).toMatch(/^Section B, row 1, seat 1,/);
  await keyboard.press('ArrowLeft');
  await keyboard.press('Enter');
  expect(await focused()).toMatch(/^Section A, row 1, seat 6,.*chosen$/);
  await tabTo(/^Hold 2 seats/);
  await keyboard.press('Enter');
  await page.getByRole('timer').waitFor();
  await until('the heading has the focus', async () => (await focused()) === 'Your seats are held');
  await page.getByRole('button', { name: 'Pay 2,000 points' }).waitFor();
  await tabTo(/^Pay 2,000 points/);
  // For a moment after an outcome no command is taken.
  await page.locator('.button.main.wide:not([aria-disabled])').waitFor();
  await keyboard.press('Enter');
  await page.getByText('Show this code at the door.').waitFor();
  await tabTo(/^My tickets/);
});

test('everything that is touched on a phone is 44 pixels or more, the seats too', async () => {
  const concert = await fixture.world.concert({ seats: 30, sections: ['A', 'B', 'C'] });
  const { page } = await fixture.user(phone);
  const small = async () =>
    page.evaluate(`[...document.querySelectorAll('button, input, summary, a.button, .card[href]')]
      .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
      .filter(([, { width, height }]) => width > 0 && (width < 43.9 || height < 43.9))
      .map(([html, { width, height }]) => html + ' ' + width + ' x ' + height)`);
  await page.goto(pathsOf(concert).concert);
  await page.locator('.date-card').waitFor();
  expect(await small()).toEqual([]);
  await page.goto(pathsOf(concert).seats);
  const box = async () => (await page.locator('.hall .seat .area').nth(40).boundingBox()) ?? { width: 0, height: 0 };
  // A hall of 92 seats in a row is shown whole at first; a tap comes closer in place of choosing.
  await page.locator('.hall .seat').nth(40).waitFor();
  expect((await box()).width).toBeLessThan(20);
  await page.locator('.hall').click();
  await until('thumb size', async () => (await box()).width >= 43.9);
  expect(await page.getByText('Choose up to 4 seats').isVisible()).toBe(true);
  await page.locator('.hall .seat').nth(44).click();
  expect(await small()).toEqual([]);
});

test('the countdown is said at 60, 30 and 10 seconds and not otherwise', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user(desktop);
  await holdByClicks(page, concert, [1]);
  await page.evaluate(`{
    const region = document.querySelector('.unseen[role=status]');
    window.said = [];
    new MutationObserver(() => window.said.push(region.textContent.trim())).observe(region, { childList: true, characterData: true, subtree: true });
  }`);
  const said = async () => (await page.evaluate('window.said')) as string[];
  const timer = page.getByRole('timer');
  const { clock } = fixture.world;
  const end = Date.parse(
    (
      await fixture.world.context.models.holds.findOne({ performanceId: concert.performanceId })
    )?.expiresAt.toISOString() ?? '',
  );
  for (const [left, times] of [
    [150, 0],
    [58, 1],
    [44, 1],
    [27, 2],
    [18, 2],
    [9, 3],
  ] as const) {
    clock.offsetMs += end - left * 1000 - clock.now();
    await until(`${left} seconds`, async () => {
      await wake(page);
      const [minutes = 0, seconds = 0] = ((await timer.textContent()) ?? '').split(':').map(Number);
      const shown = minutes * 60 + seconds;
      return shown <= left && shown > left - 9;
    });
    await until('said as often as it should', async () => (await said()).length === times);
  }
  expect(await said()).toEqual([
    expect.stringMatching(/^(60|5\d) seconds left to pay\.$/),
    expect.stringMatching(/^(30|2\d) seconds left to pay\.$/),
    expect.stringMatching(/^(10|\d) seconds left to pay\.$/),
  ]);
});
