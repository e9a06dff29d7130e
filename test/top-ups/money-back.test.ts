import { runAudit } from '../../workers/audit/run-audit';
import type { Job, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { openShop, type Shop, type TopUp } from './shop';

let shop: Shop;
let user: TestUser;
let admin: TestUser;
beforeAll(async () => {
  shop = await openShop();
  admin = await shop.world.admin();
});
beforeEach(async () => {
  user = await shop.world.user();
});
afterEach(async () => {
  const { connection, models } = shop.world.context;
  expect((await runAudit({ connection, models })).violations).toEqual([]);
});
afterAll(() => shop?.close());

async function bought(amount = 1000): Promise<TopUp> {
  const { body } = await shop.buy(user, amount);
  shop.act(body, 'pay');
  await shop.becomes(user, body, 'settled');
  const { topUps } = shop.world.context.models;
  await until('it is noted', () => topUps.exists({ _id: body.id, status: 'settled' }));
  return body;
}
const use = async (amount: number) =>
  (await shop.world.client.command<Job>('post', '/v1/points/uses', { ...user, body: { amount } })).body;
const refund = ({ id }: TopUp) => shop.world.client.send('post', `/v1/admin/top-ups/${id}/refund`, admin);
const history = async () =>
  (await shop.world.client.send<{ items: object[] }>('get', '/v1/points/history', user)).body.items;

test('an operator refunds an unused top-up: the points first, then the money, once', async () => {
  const topUp = await bought();
  expect(await refund(topUp)).toMatchObject({ status: 202, body: { status: 'refunding', userId: user.id } });
  expect(await refund(topUp)).toMatchObject({ status: 202 });
  await shop.becomes(user, topUp, 'refunded');
  expect(await shop.balance(user)).toBe(0);
  expect(shop.session(topUp).payment?.refunded).toBe(1000);
  await until('the provider has reported it', () => shop.provider.account.outbox.size === 0);
  expect(await history()).toMatchObject([{ kind: 'reversal', amount: 1000, balanceAfter: 0 }, { kind: 'charge' }]);
  const actions = await shop.world.context.models.adminActions.find({ target: topUp.id }).lean();
  expect(actions).toMatchObject([
    { adminId: admin.id, action: 'top-up.refund', details: { amount: 1000, price: 1000 } },
  ]);
});

test('a top-up that was used is not refunded, and says why; once the points are back, it is', async () => {
  const topUp = await bought();
  await use(1);
  await refund(topUp);
  await shop.becomes(user, topUp, 'settled');
  const { topUps } = shop.world.context.models;
  await until('it is refused', () => topUps.exists({ _id: topUp.id, reason: /^not refunded: 1000 points are needed/ }));
  expect([await shop.balance(user), shop.session(topUp).payment?.refunded]).toEqual([999, 0]);
  await bought(500);
  await refund(topUp);
  await shop.becomes(user, topUp, 'refunded');
  expect(await shop.balance(user)).toBe(499);
});

test('the provider is away while money is to go back: it is asked again', async () => {
  const topUp = await bought();
  shop.provider.mischief.away = true;
  await refund(topUp);
  await until('the points are taken', async () => (await shop.balance(user)) === 0);
  shop.provider.mischief.away = false;
  shop.wait(60_000);
  await shop.becomes(user, topUp, 'refunded');
  expect(shop.session(topUp).payment?.refunded).toBe(1000);
});

test.each(['refund', 'dispute'] as const)('a %s by the provider takes the points', async (deed) => {
  const topUp = await bought();
  await use(100);
  await bought(500);
  shop.act(topUp, deed);
  await until('they are taken', async () => (await shop.balance(user)) === 400);
  expect(await history()).toMatchObject([{ kind: 'reversal', amount: 1000, balanceAfter: 400 }, {}, {}, {}]);
  expect(await shop.read(user, topUp)).toMatchObject({ status: 'settled', reversed: 1000 });
  expect(await refund(topUp)).toMatchObject({ status: 409, body: { code: 'TOP_UP_NOT_REFUNDABLE' } });
});

test('both a refund and a dispute of one payment take its points once', async () => {
  const topUp = await bought();
  await bought(5000);
  shop.act(topUp, 'refund');
  shop.act(topUp, 'dispute');
  await until('both are taken', () => shop.provider.account.outbox.size === 0);
  await until('they are taken', async () => (await shop.balance(user)) === 5000);
});

test('what is not there is a debt: no points are used until charges have settled it', async () => {
  const topUp = await bought();
  await use(700);
  shop.act(topUp, 'refund');
  await until('they are taken', async () => (await shop.balance(user)) === 0);
  const list = async () =>
    (await shop.world.client.send<{ items: object[] }>('get', '/v1/admin/debts', admin)).body.items;
  expect(await list()).toContainEqual({ userId: user.id, balance: 0, debt: 700 });
  expect(await use(1)).toMatchObject({ status: 'refused', problem: { code: 'WALLET_IN_DEBT', debt: 700 } });
  await bought(600);
  expect(await shop.balance(user)).toBe(0);
  await bought(300);
  expect(await shop.balance(user)).toBe(200);
  expect(await list()).not.toContainEqual(expect.objectContaining({ userId: user.id }));
  expect((await use(200)).status).toBe('done');
  expect(await history()).toMatchObject([
    ...[
      { kind: 'use', amount: 200 },
      { kind: 'reversal', amount: 100 },
      { kind: 'charge', amount: 300 },
    ],
    ...[
      { kind: 'reversal', amount: 600 },
      { kind: 'charge', amount: 600 },
      { kind: 'reversal', amount: 300 },
    ],
    ...[
      { kind: 'use', amount: 700 },
      { kind: 'charge', amount: 1000 },
    ],
  ]);
});

test('a payment that is held is given back whole; no points are touched', async () => {
  shop.provider.mischief.wrongAmount = true;
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'pay');
  shop.provider.mischief.wrongAmount = false;
  await shop.becomes(user, body, 'held');
  const path = '/v1/admin/top-ups';
  const { body: held } = await shop.world.client.send<{ items: object[] }>('get', path, admin);
  expect(held.items[0]).toMatchObject({
    id: body.id,
    userId: user.id,
    reason: '999 usd were paid, 1000 usd were asked',
  });
  await refund(body);
  await shop.becomes(user, body, 'refunded');
  expect([await shop.balance(user), shop.session(body).payment?.refunded]).toEqual([0, 999]);
});

test('a statement adds up, adjoins the next one, and comes as lines for spreadsheets', async () => {
  await bought();
  await use(300);
  const middle = new Date(shop.world.clock.now() + 1).toISOString();
  shop.wait(2000);
  await use(100);
  const end = new Date(shop.world.clock.now() + 60_000).toISOString();
  const read = (from: string, to: string, more = '') =>
    shop.world.client.send('get', `/v1/points/statement?from=${from}&to=${to}${more}`, user);
  const before = '2020-01-01T00:00:00.000Z';
  expect((await read(before, middle)).body).toMatchObject({
    ...{
      opening: 0,
      closing: 700,
      entries: [
        { kind: 'charge', amount: 1000 },
        { kind: 'use', amount: 300 },
      ],
    },
  });
  expect((await read(middle, end)).body).toMatchObject({ opening: 700, closing: 600, entries: [{ amount: 100 }] });
  expect((await read(before, before)).body).toMatchObject({ opening: 0, closing: 0, entries: [] });
  expect((await read(end, before)).status).toBe(400);
  const csv = await read(before, end, '&format=csv');
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  const lines = csv.text.split('\r\n');
  expect([lines[0], lines.length]).toEqual(['at,kind,amount,balanceAfter,seq,jobId,paymentId', 5]);
  expect(lines[1]).toMatch(/^\d{4}-.*Z,charge,1000,1000,1,job_\w+,$/);
});

test("the operator's report of a day has the totals of each kind", async () => {
  const { body: before } = await shop.world.client.send('get', '/v1/admin/reports/points', admin);
  await bought();
  await use(300);
  const { body } = await shop.world.client.send('get', '/v1/admin/reports/points', admin);
  expect(Number(body.change) - Number(before.change)).toBe(700);
  const empty = await shop.world.client.send('get', '/v1/admin/reports/points?day=2020-02-29', admin);
  const none = { entries: 0, points: 0 };
  expect(empty.body).toEqual({
    day: '2020-02-29',
    totals: { charge: none, use: none, refund: none, reversal: none },
    change: 0,
  });
});
