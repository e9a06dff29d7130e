import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { desktop, phone, seriousViolations, shot, signInAsAdmin } from './helpers/operator';
import { type OperatorFixture, openOperatorFixture } from './helpers/operator-fixture';

let fixture: OperatorFixture;
let concertId: string;
beforeAll(async () => {
  fixture = await openOperatorFixture();
  concertId = await seedSales();
}, 60_000);
afterEach(() => fixture.clear());
afterAll(() => fixture?.close());

/** Three concerts in the middle of their sale, and a command that has failed. @returns the busiest concert */
async function seedSales(): Promise<string> {
  const { world } = fixture;
  const { models } = world.context;
  const soon = await world.concert({ seats: 60, room: { draining: true } });
  await models.concerts.updateOne({ _id: soon.concertId }, { title: 'Strings by Candlelight' });
  const room = { maxActive: 6, admitPerMinute: 120 };
  const busy = await world.concert({ seats: 120, sections: ['A', 'B'], performances: 2, room });
  await models.concerts.updateOne({ _id: busy.concertId }, { title: 'Seoul Night Lights' });
  for (const [i, { id, seatIds }] of busy.performances.entries()) {
    await models.performances.updateOne({ _id: id }, { startsAt: new Date(`2030-06-${21 + i}T10:00:00.000Z`) });
    const [sold, held] = [Math.floor(seatIds.length * (0.62 - i * 0.4)), 18 - i * 9];
    await models.seats.updateMany({ _id: { $in: seatIds.slice(0, sold) } }, { status: 'sold' });
    await models.seats.updateMany({ _id: { $in: seatIds.slice(sold, sold + held) } }, { status: 'held' });
  }
  await Promise.all(Array.from({ length: 20 }, () => world.fan(busy)));
  await world.client.send('patch', `/v1/admin/concerts/${busy.concertId}/waiting-room`, {
    token: fixture.admin,
    body: { graceSeconds: 180 },
  });
  await failedCharge();
  return busy.concertId;
}

async function failedCharge(): Promise<void> {
  const { world } = fixture;
  const { token } = await world.user();
  await world.workers.stop();
  const options = { token, wait: null, body: { amount: 100 } };
  const { id } = (await world.client.command<Job>('post', '/v1/points/charges', options)).body;
  await world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 'a hundred' } });
  await world.workers.start();
  const status = async () => (await world.client.send('get', `/v1/jobs/${id}`, { token })).body.status;
  await until('failed', async () => (await status()) === 'failed');
}

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Every page, in the states that have a look of their own. */
const scenes: [name: string, show: (page: Page) => Promise<void>][] = [
  [
    'sales',
    async (page) => {
      await page.goto('/operator');
      await page.getByText('Closed to new people').waitFor();
      // A rate, and the line that goes with it: for the picture.
      if (!process.env.SCREENSHOTS) return;
      const { token } = await fixture.world.user();
      const points = () => page.locator('.spark polyline').getAttribute('points', { timeout: 100 });
      await until(
        'a line',
        async () => {
          await fixture.world.client.command('post', '/v1/points/charges', { token, body: { amount: 1 } });
          return ((await points().catch(() => '')) ?? '').split(' ').length >= 4;
        },
        15_000,
      );
    },
  ],
  [
    'concert',
    async (page) => {
      await page.goto(`/operator/concerts/${concertId}`);
      await page.getByRole('heading', { name: 'Seoul Night Lights' }).waitFor();
      await page.locator('.date-sales').first().waitFor();
      await page.locator('.limit-fields').waitFor();
    },
  ],
  [
    'limits-wrong',
    async (page) => {
      await page.locator('input[name=maxActive]').fill('many');
      await page.locator('form:has(input[name=maxActive]) button[type=submit]').click();
      await page.locator('.wrong').first().waitFor();
    },
  ],
  [
    'reset',
    async (page) => {
      await page.locator('.switches .button.danger').click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'commands',
    async (page) => {
      await page.goto('/operator/commands');
      await page.locator('article.failed').waitFor();
      await page.locator('table').waitFor();
    },
  ],
  [
    'log',
    async (page) => {
      await page.goto('/operator/actions');
      await page.getByText('waiting-room.limit').first().waitFor();
    },
  ],
];

const looks: [name: string, options: BrowserContextOptions][] = [
  ['desktop', desktop],
  ['phone', phone],
  ['phone-dark', { ...phone, colorScheme: 'dark' }],
  ['desktop-dark-ko', { ...desktop, colorScheme: 'dark', locale: 'ko-KR' }],
  ['narrow', { viewport: { width: 320, height: 640 } }],
];

/** The pictures worth keeping. */
const kept = new Set([
  ...[
    'sales desktop',
    'sales phone',
    'sales phone-dark',
    'concert desktop',
    'concert phone',
    'concert desktop-dark-ko',
  ],
  ...[
    'limits-wrong desktop',
    'reset phone',
    'reset desktop',
    'commands desktop-dark-ko',
    'commands phone',
    'log desktop',
  ],
]);

/** Light and dark, wide and small; what is between is no other page to axe. */
const checked = new Set(['desktop', 'phone-dark']);

test.each(looks)(
  '%s: everything fits, and nothing serious is found',
  async (look, options) => {
    const { page, complaints } = await fixture.open(options);
    await page.locator('input[name=password]').waitFor();
    const findings = { 'sign-in': await seriousViolations(page) } as Record<string, unknown>;
    if (look === 'phone') await shot(page, 'operator-sign-in-phone');
    await signInAsAdmin(page);
    await page.locator('.tiles').waitFor();
    for (const [name, show] of scenes) {
      if (look.endsWith('ko') && name === 'sales') await page.goto('/operator');
      else await show(page);
      if (kept.has(`${name} ${look}`)) await shot(page, `operator-${name}-${look}`, name !== 'reset');
      findings[name] = checked.has(look) ? await seriousViolations(page) : [];
      expect([name, await overflow(page)]).toEqual([name, 0]);
    }
    expect(findings).toEqual(
      Object.fromEntries(['sign-in', ...scenes.map(([name]) => name)].map((name) => [name, []])),
    );
    expect(complaints).toEqual([]);
  },
  60_000,
);
