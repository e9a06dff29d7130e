import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectRoot } from '../../shared/platform/project-root';
import type { Job, PlacedHold } from '../helpers/builders';
import { until } from '../helpers/until';
import { desktop, signInAsAdmin } from './helpers/operator';
import { type OperatorFixture, openOperatorFixture } from './helpers/operator-fixture';

let fixture: OperatorFixture;
beforeAll(async () => {
  fixture = await openOperatorFixture();
}, 60_000);
afterAll(() => fixture?.close());

const date = 'gala';

/** The lines of a file that is saved, without its head. */
async function saved(page: Page, card: Locator, name: string): Promise<string[]> {
  const saving = page.waitForEvent('download');
  await card.getByRole('button', { name }).click();
  return readFileSync(await (await saving).path(), 'utf8')
    .trimEnd()
    .split('\r\n')
    .slice(1);
}

test("a seller's day: plan, date, blocks, gifts, a sale, a call, a refund, and the accountant's files", async () => {
  const { world } = fixture;
  const { client } = world;
  const concert = await world.concert({ seats: 4 });
  const { page } = await fixture.open(desktop);
  await signInAsAdmin(page);

  // In the morning the hall is imported, and put on sale by category.
  await page.locator('a[href="/operator/halls"]').click();
  await page.getByLabel('Id of the plan').fill('main-hall');
  await page.getByLabel('Name of the hall').fill('Main Hall');
  await page.getByLabel('CSV file').setInputFiles(join(projectRoot, 'docs/guides/example-hall.csv'));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('listitem', { name: 'Main Hall' }).waitFor();
  await page.goto(`/operator/concerts/${concert.concertId}`);
  await page.getByLabel('Id of the date').fill(date);
  await page.getByLabel('Start', { exact: true }).fill('2033-05-01T19:30');
  await page.getByLabel('Seating plan', { exact: true }).selectOption('Main Hall');
  for (const category of ['R', 'S', 'A']) await page.getByLabel(`Points for a seat of ${category}`).fill('1000');
  await page.getByRole('button', { name: 'Put it on sale' }).click();
  await page.getByText('The date is on sale.').first().waitFor();

  // A row is kept for the sound desk, a seat given to a guest.
  await page.goto(`/operator/concerts/${concert.concertId}/dates/${date}`);
  const row = page.locator('.mark-row').first();
  const rowName = await row.getAttribute('data-row');
  await row.click();
  await page.getByLabel('Why they are blocked').fill('Sound desk');
  await page.getByRole('button', { name: /^Block \d+ seats$/ }).click();
  const { seats } = world.context.models;
  const blocked = await until('they are blocked', async () => {
    const count = await seats.countDocuments({ performanceId: date, status: 'blocked' });
    const [section, name] = rowName?.split(' ') ?? [];
    return count > 0 && count === (await seats.countDocuments({ performanceId: date, section, row: name })) && count;
  });
  // The map hears of it a moment later: a click before that would give a blocked seat away.
  const shown = page.locator('[data-seat][data-status="blocked"]');
  await until('the map shows it', async () => (await shown.count()) === blocked);
  const guest = await world.user();
  await page.locator('[data-seat][data-status="available"]').first().click();
  await page.getByLabel('User id').fill(guest.id);
  await page.getByLabel('Why they are given').fill('Guest of the band');
  await page.getByRole('button', { name: 'Give one seat' }).click();
  await page.getByText('The seats are given.').first().waitFor();

  // A fan takes the best two, and later one of them gives no joy.
  const fan = await world.fan(concert, { points: 5000 });
  const best = { token: fan.token, queueToken: fan.queueToken, body: { best: { seats: 2 } } };
  const { body: held } = await client.command<Job<PlacedHold>>('post', `/v1/performances/${date}/holds`, best);
  const paid = await world.pay(fan, held.result.holdId);
  const reservationId = String(paid.body.result.reservationId);
  const [seatId = '', other = ''] = held.result.seatIds;
  await page.locator('.operator-menu a', { hasText: 'Find' }).click();
  await page.getByLabel('What are you looking for?').fill(seatId);
  await page.keyboard.press('Enter');
  await page.locator('.log-entry').first().getByRole('link', { name: fan.id }).click();
  await page.getByRole('heading', { name: `User ${fan.id}` }).waitFor();
  await page.goto(`/operator/concerts/${concert.concertId}`);
  await page.getByLabel('Reservation', { exact: true }).fill(reservationId);
  await page.getByLabel('Reason', { exact: true }).last().fill('Behind a pillar');
  await page.getByRole('button', { name: 'Cancel it' }).click();
  await until('it is given back', () => seats.exists({ _id: other, status: 'available' }));

  // In the evening: what was sold, and the files, which add up.
  const card = page.locator('.date-sales').filter({ hasText: '2033' });
  await card.getByRole('button', { name: 'Sales over time' }).click();
  await card.getByText('The same as a table').click();
  const all = await saved(page, card, 'Seats (CSV)');
  expect(all.filter((line) => /\bblocked\b/.test(line))).toHaveLength(blocked);
  expect(all.filter((line) => line.includes(guest.id))).toHaveLength(1);
  const reservations = await saved(page, card, 'Reservations (CSV)');
  expect(reservations.filter((line) => line.includes(reservationId)).length).toBeGreaterThan(0);
  const ledger = await saved(page, card, 'Ledger (CSV)');
  expect(ledger.filter((line) => line.includes(fan.id))).toHaveLength(2);
  expect(ledger.some((line) => line.includes('refund'))).toBe(true);
}, 120_000);
