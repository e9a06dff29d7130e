import type { Page } from 'playwright-core';
import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { openTestProvider, type Shop, shopOf } from '../top-ups/shop';
import { type OperatorFixture, openOperatorFixture } from './helpers/operator-fixture';

let fixture: OperatorFixture;
let shop: Shop;
beforeAll(async () => {
  const provider = await openTestProvider();
  fixture = await openOperatorFixture(provider.settings);
  shop = shopOf(fixture.world, provider);
}, 60_000);
afterEach(() => fixture.clear());
afterAll(async () => {
  await fixture?.browser.close();
  await shop?.close();
});

async function openMoney(): Promise<Page> {
  const page = await fixture.openCommands();
  await page.getByRole('link', { name: 'Money', exact: true }).click();
  await page.getByRole('heading', { name: 'Money', exact: true }).waitFor();
  return page;
}

test('a held top-up says why, and its money is given back', async () => {
  const user = await fixture.world.user();
  const { body: topUp } = await shop.buy(user, 1000);
  shop.session(topUp).amount_total = topUp.price - 1;
  shop.act(topUp, 'pay');
  await shop.becomes(user, topUp, 'held');
  const page = await openMoney();
  const card = page.getByRole('article').filter({ hasText: topUp.id });
  await card.getByText(/were paid, .* were asked/).waitFor();
  await card.getByText(user.id, { exact: true }).waitFor();
  await card.getByRole('button', { name: 'Give the money back' }).click();
  await card.waitFor({ state: 'detached' });
  await shop.becomes(user, topUp, 'refunded');
  expect(await shop.balance(user)).toBe(0);
});

test('a settled top-up is refunded while its points are there; if they were used, the page says so', async () => {
  const user = await fixture.world.user();
  const settled = async () => {
    const { body } = await shop.buy(user, 1000);
    shop.act(body, 'pay');
    return shop.becomes(user, body, 'settled');
  };
  const [kept, used] = [await settled(), await settled()];
  const use = { token: user.token, body: { amount: 1500 } };
  expect((await fixture.world.client.command('post', '/v1/points/uses', use)).body.status).toBe('done');
  const page = await openMoney();
  await page.getByRole('button', { name: 'Settled' }).click();
  const card = (id: string) => page.getByRole('article').filter({ hasText: id });
  await card(used.id).getByRole('button', { name: 'Give the money back' }).click();
  await card(used.id)
    .getByText(/^not refunded: 1000 points are needed/)
    .waitFor();
  expect(await shop.balance(user)).toBe(500);
  const more = { token: user.token, body: { amount: 500 } };
  shop.act(kept, 'dispute');
  await page.getByRole('heading', { name: 'Debts' }).waitFor();
  const debt = page.getByRole('region', { name: 'Debts' });
  await debt.getByText(user.id, { exact: true }).waitFor({ timeout: 20_000 });
  await debt.getByText('500 points').waitFor();
  await until('points are refused', async () => {
    const { body } = await fixture.world.client.command<Job>('post', '/v1/points/uses', more);
    return body.problem?.code === 'WALLET_IN_DEBT';
  });
}, 60_000);

test('what is not there is said', async () => {
  const page = await openMoney();
  await page.getByRole('button', { name: 'Being refunded' }).click();
  await page.getByText('None.', { exact: true }).waitFor();
});
