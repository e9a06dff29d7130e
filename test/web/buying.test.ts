import type { Page } from 'playwright-core';
import { openTestProvider } from '../top-ups/shop';
import { type Fixture, holdByClicks, openFixture, phone } from './helpers/fixture';

let fixture: Fixture;
let shop: Awaited<ReturnType<typeof openTestProvider>>;
beforeAll(async () => {
  shop = await openTestProvider();
  fixture = await openFixture({ settings: shop.settings });
  shop.sendTo(fixture.world.url);
});
afterAll(async () => {
  await fixture?.close();
  shop?.close();
});
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

const newPage = async (): Promise<Page> => (await fixture.user(phone)).page;

/** Pays at the provider. The pages are at PUBLIC_URL for it, and at a port of their own here. */
async function pay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Pay', exact: true }).waitFor();
  for (const session of shop.provider.account.sessions.values())
    session.success_url = session.success_url.replace('http://pages.test', `http://127.0.0.1:${fixture.network.port}`);
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
}

test('points are bought at the provider, and the page says when they came', async () => {
  const page = await newPage();
  await page.goto('/points');
  await page.getByLabel('Points to buy').fill('3000');
  await page.getByRole('button', { name: 'Go to payment' }).click();
  await page.getByRole('heading', { name: '3000 points' }).waitFor();
  await page.getByRole('button', { name: 'Card is declined' }).click();
  await page.getByRole('alert').getByText('declined').waitFor();
  await pay(page);
  await page.locator('#content').getByText('3,000 points came.').waitFor();
  await page.getByLabel('Balance').getByText('3,000').waitFor();
  expect(await page.getByRole('heading', { name: 'Charge points' }).count()).toBe(0);
});

test('too few points for held seats: to the provider and back, then paid', async () => {
  const concert = await fixture.world.concert();
  const page = await newPage();
  await holdByClicks(page, concert, [1]);
  await page.getByRole('button', { name: 'Buy 1,000 points' }).click();
  await pay(page);
  await page.getByRole('heading', { name: 'Your seats are held' }).waitFor();
  await page.getByRole('button', { name: 'Pay 1,000 points' }).click();
  await page.getByText('Paid. See you there!').waitFor();
});

test('the provider is away: nothing was paid, and the page says so', async () => {
  shop.provider.mischief.away = true;
  const page = await newPage();
  await page.goto('/points');
  await page.getByRole('button', { name: 'Go to payment' }).click();
  await page.getByText('The payment provider cannot be reached just now.').waitFor();
  shop.provider.mischief.away = false;
});
