import type { TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { openShop, type Shop } from './shop';

let shop: Shop;
let user: TestUser;
beforeAll(async () => {
  shop = await openShop({ settings: { POINTS_PER_UNIT: '10', MIN_TOP_UP: '100', MAX_TOP_UP: '50000' } });
});
beforeEach(async () => {
  user = await shop.world.user();
  Object.assign(shop.provider.mischief, { copies: 1, silent: false, delayMs: 0, away: false, mute: false });
});
afterAll(() => shop?.close());

test('points are bought: checkout, webhook, charge, and the way back', async () => {
  const answer = await shop.buy(user, 5000, { returnUrl: '/concerts/c/holds/h' });
  expect(answer).toMatchObject({ status: 201, body: { status: 'pending', amount: 5000, price: 500, currency: 'usd' } });
  expect(answer.headers.location).toBe(`/v1/points/top-ups/${answer.body.id}`);
  expect(shop.session(answer.body)).toMatchObject({
    amount_total: 500,
    success_url: `http://pages.test/concerts/c/holds/h?topUp=${answer.body.id}`,
  });
  expect(answer.body.url).toContain('/pay/cs_test_');
  shop.act(answer.body, 'pay');
  const settled = await shop.becomes(user, answer.body, 'settled');
  expect(settled).toMatchObject({ url: null, reversed: 0 });
  expect(await shop.balance(user)).toBe(5000);
  const { body: job } = await shop.world.client.send('get', `/v1/jobs/${settled.jobId}`, user);
  expect(job).toMatchObject({ kind: 'points.charge', status: 'done', result: { amount: 5000, balance: 5000 } });
  const { topUps } = shop.world.context.models;
  await until('a worker notes it', () => topUps.exists({ _id: answer.body.id, status: 'settled', pollAt: null }));
});

test('every event twice, and several at once: one charge', async () => {
  shop.provider.mischief.copies = 3;
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'pay');
  await shop.becomes(user, body, 'settled');
  await until('all copies are taken', () => shop.provider.account.outbox.size === 0);
  expect(await shop.balance(user)).toBe(1000);
  expect(await shop.world.context.models.commands.countDocuments({ userId: user.id })).toBe(1);
});

test('the same key is one checkout; with another amount it is a mistake', async () => {
  const first = await shop.buy(user, 1000, { key: 'same' });
  const again = await shop.buy(user, 1000, { key: 'same' });
  expect([again.status, again.body.id, again.body.url]).toEqual([201, first.body.id, first.body.url]);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(await shop.buy(user, 1010, { key: 'same' })).toMatchObject({ status: 422 });
});

test('the provider is away: 503, and the same key later opens the one checkout', async () => {
  shop.provider.mischief.away = true;
  const away = await shop.buy(user, 1000, { key: 'away' });
  expect(away).toMatchObject({ status: 503, body: { code: 'PROVIDER_UNAVAILABLE' }, headers: { 'retry-after': '2' } });
  shop.provider.mischief.away = false;
  const { status, body } = await shop.buy(user, 1000, { key: 'away' });
  expect([status, body.status]).toEqual([201, 'pending']);
  shop.act(body, 'pay');
  await shop.becomes(user, body, 'settled');
});

test('the checkout is there, but its creation was not answered: the same key leads to that one', async () => {
  shop.provider.mischief.mute = true;
  expect(await shop.buy(user, 1000, { key: 'mute' })).toMatchObject({ status: 503 });
  shop.provider.mischief.mute = false;
  const { body } = await shop.buy(user, 1000, { key: 'mute' });
  const sessions = [...shop.provider.account.sessions.values()];
  expect(sessions.filter(({ client_reference_id: id }) => id === body.id)).toHaveLength(1);
});

test('paid before the creation was answered: the points come all the same', async () => {
  shop.provider.mischief.mute = true;
  await shop.buy(user, 1000, { key: 'early' });
  shop.provider.mischief.mute = false;
  const { _id: id } = await shop.world.context.models.topUps.findOne({ userId: user.id }).orFail().lean();
  shop.act({ id }, 'pay');
  await shop.becomes(user, { id }, 'settled');
  const again = await shop.buy(user, 1000, { key: 'early' });
  expect(again).toMatchObject({ status: 201, body: { id, url: null } });
  expect(again.body.status).not.toBe('pending');
  expect(await shop.balance(user)).toBe(1000);
});

test.each([99, 50_010, 105, 0, -100, 1.5, '100'])('%j points are not sold', async (amount) => {
  const answer = await shop.buy(user, amount as number);
  expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(answer.text).toContain('body.amount');
});

test.each([
  'https://evil.test/',
  '//evil.test',
  'javascript:alert(1)',
  'http://pages.test.evil.test',
  '/\\evil.test',
  'x y',
])('the provider is not made to lead to %s', async (returnUrl) => {
  const answer = await shop.buy(user, 1000, { returnUrl });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'body.returnUrl' }] } });
});

test('no more checkouts are open than there may be; another user has their own', async () => {
  for (let i = 0; i < 10; i += 1) expect((await shop.buy(user, 1000)).status).toBe(201);
  expect(await shop.buy(user, 1000)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_TOP_UPS' } });
  expect((await shop.buy(await shop.world.user(), 1000)).status).toBe(201);
});

test('a user does not charge the own wallet', async () => {
  const answer = await shop.world.client.command('post', '/v1/points/charges', { ...user, body: { amount: 5 } });
  expect(answer).toMatchObject({ status: 403, body: { code: 'CHARGES_CLOSED', charges: 'provider' } });
});
