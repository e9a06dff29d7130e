import type { AnyObject } from 'mongoose';
import type { Page } from 'playwright-core';
import { until } from '../helpers/until';
import { type Fixture, holdByClicks, openFixture, pathsOf, phone, seat, withoutWorkers } from './helpers/fixture';

// One command, one effect, and the right picture after it, whatever is done to the page.

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

const payments = () => fixture.world.context.models.payments;
const commands = (kind: string) => fixture.world.context.connection.collection('commands').find({ kind }).toArray();
const pay = (page: Page) => page.getByRole('button', { name: /^Pay/ });
const ticket = (page: Page) => page.getByText('Show this code at the door.');

test('a double click on every button of a booking: one hold, one charge, one payment', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user(phone);
  await page.goto(pathsOf(concert).seats);
  await seat(page, 3).click();
  await page.getByRole('button', { name: 'Hold 1 seat' }).dblclick();
  const charge = page.getByRole('button', { name: 'Charge 1,000 points' });
  await charge.dblclick();
  await pay(page).dblclick();
  await ticket(page).waitFor();
  for (const kind of ['hold.place', 'points.charge', 'payment.pay']) expect(await commands(kind)).toHaveLength(1);
});

test('a reload in the middle of a payment goes on with it', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...phone, points: 5000 });
  const holdId = await holdByClicks(page, concert, [1]);
  await withoutWorkers(fixture, async () => {
    await pay(page).click();
    await until('it is stored', async () => (await commands('payment.pay')).some(isOf(holdId)));
    await page.reload();
    await page.getByRole('button', { name: 'Paying' }).waitFor();
  });
  await ticket(page).waitFor();
  expect(await payments().countDocuments({ holdId })).toBe(1);
  expect((await commands('payment.pay')).filter(isOf(holdId))).toHaveLength(1);
});

test('an answer that is lost on its way is asked for again with the same key', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...phone, points: 5000 });
  const holdId = await holdByClicks(page, concert, [1]);
  const keys: (string | undefined)[] = [];
  await page.route('**/payment', async (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    // Carried out, but nobody hears of it.
    await route.fetch();
    await route.abort('connectionreset');
  });
  await pay(page).click();
  await ticket(page).waitFor();
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
  expect(await payments().countDocuments({ holdId })).toBe(1);
});

test('a tab that is closed while it charges leaves the charge to the next one', async () => {
  const { page, tab } = await fixture.user(phone);
  await page.goto('/points');
  const before = (await commands('points.charge')).length;
  let other = page;
  await withoutWorkers(fixture, async () => {
    await page.getByLabel('Points to charge').fill('700');
    await page.getByRole('button', { name: 'Charge', exact: true }).click();
    await page.getByRole('button', { name: /^Charging/ }).waitFor();
    await until('it is stored', async () => (await commands('points.charge')).length === before + 1);
    await page.close();
    other = await tab();
    await other.goto('/points');
  });
  await other.getByText('700 points charged.').first().waitFor();
  await other.getByText('700 points', { exact: true }).waitFor();
  expect((await commands('points.charge')).length).toBe(before + 1);
});

test('two tabs that pay at the same moment: one payment, two times the ticket', async () => {
  const concert = await fixture.world.concert();
  const { page, tab } = await fixture.user({ ...phone, points: 5000 });
  const holdId = await holdByClicks(page, concert, [1, 2]);
  const other = await tab();
  await other.goto(page.url());
  await pay(other).waitFor();
  // A worker is often done before the second click arrives, which is then not at the same moment.
  await withoutWorkers(fixture, async () => {
    // The page takes no command right after an outcome, which the hold's was.
    await until('both can pay', async () => (await pay(page).isEnabled()) && (await pay(other).isEnabled()));
    // Without Playwright's patience, which would see that the other tab has begun.
    await Promise.all([pay(page), pay(other)].map((button) => button.dispatchEvent('click')));
    await until('the payment is accepted', async () => (await commands('payment.pay')).some(isOf(holdId)));
  });
  await Promise.all([ticket(page).waitFor(), ticket(other).waitFor()]);
  expect(await payments().countDocuments({ holdId })).toBe(1);
  expect((await commands('payment.pay')).filter(isOf(holdId))).toHaveLength(1);
});

test('Back after paying leads to the ticket, not to paying again', async () => {
  const concert = await fixture.world.concert();
  const { page } = await fixture.user({ ...phone, points: 5000 });
  await holdByClicks(page, concert, [4]);
  const holdAddress = page.url();
  await pay(page).click();
  await ticket(page).waitFor();
  await page.goto(holdAddress);
  await ticket(page).waitFor();
  await page.goBack();
  await page.waitForURL((url) => !url.pathname.includes('/holds/'));
});

test('the seats that a tab holds are shown as such in another, with the way to paying', async () => {
  const concert = await fixture.world.concert();
  const { page, tab } = await fixture.user({ ...phone, points: 5000 });
  const other = await tab();
  await other.goto(pathsOf(concert).seats);
  await seat(other, 7).click();
  await holdByClicks(page, concert, [7]);
  await other.getByText(/You hold seats here until/).waitFor();
  await until('it is no trouble', async () =>
    /held by you/.test((await seat(other, 7).getAttribute('aria-label')) ?? ''),
  );
  expect(await other.getByRole('alert').count()).toBe(0);
  await other.getByRole('link', { name: 'Go to payment' }).click();
  await pay(other).click();
  await Promise.all([ticket(page).waitFor(), ticket(other).waitFor()]);
});

const isOf = (holdId: string) => (command: AnyObject) => command.payload?.holdId === holdId;
