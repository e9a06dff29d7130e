import type { TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { openShop, type Shop } from './shop';

const minuteMs = 60_000;

let shop: Shop;
let user: TestUser;
beforeEach(async () => {
  shop = await openShop();
  user = await shop.world.user();
});
afterEach(() => shop?.close());

const docOf = ({ id }: { id: string }) => shop.world.context.models.topUps.findById(id).orFail().lean();

test('no event ever comes: the provider is asked, more and more seldom', async () => {
  shop.provider.mischief.silent = true;
  const { body } = await shop.buy(user, 1000);
  const pauses: number[] = [];
  for (let polls = 0; polls < 4; polls += 1) {
    shop.wait(10 * minuteMs);
    const { pollAt } = await until('it was asked', async () => {
      const now = await docOf(body);
      return now.polls > polls && now;
    });
    pauses.push(((pollAt?.getTime() ?? 0) - shop.world.clock.now()) / 1000);
  }
  expect(pauses.map((pause) => Math.round(pause / 5))).toEqual([1, 2, 4, 8]);
  shop.act(body, 'pay');
  shop.wait(10 * minuteMs);
  await shop.becomes(user, body, 'settled');
  expect(await shop.balance(user)).toBe(1000);
});

test('abandoned: it expires with its checkout, and is not asked for any more', async () => {
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'expire');
  await shop.becomes(user, body, 'expired');
  expect(await docOf(body)).toMatchObject({ pollAt: null, url: null });
});

test('abandoned, and nothing reported: asking shows it', async () => {
  shop.provider.mischief.silent = true;
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'expire');
  shop.wait(40 * minuteMs);
  await shop.becomes(user, body, 'expired');
});

test('a checkout whose creation failed expires by itself', async () => {
  shop.provider.mischief.away = true;
  await shop.buy(user, 1000);
  const { _id: id } = await shop.world.context.models.topUps.findOne({ userId: user.id }).orFail().lean();
  shop.wait(40 * minuteMs);
  await shop.becomes(user, { id }, 'expired');
});

test('paid by transfer: pending until it is there, then credited; also after the end of the checkout', async () => {
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'later');
  await until('the event is taken', () => shop.provider.account.outbox.size === 0);
  expect((await shop.read(user, body)).status).toBe('pending');
  shop.wait(10 * 60 * minuteMs);
  shop.act(body, 'clear');
  await shop.becomes(user, body, 'settled');
});

test('reported paid after it was reported expired: the points come', async () => {
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'expire');
  await shop.becomes(user, body, 'expired');
  shop.session(body).status = 'open';
  shop.act(body, 'pay');
  await shop.becomes(user, body, 'settled');
});

test('an event that the API has stored and not carried out is carried out by a worker', async () => {
  const { body } = await shop.buy(user, 1000);
  const { models, clock } = shop.world.context;
  const session = shop.session(body);
  const fact = {
    ...{ kind: 'session', sessionId: session.id, topUpId: body.id, state: 'paid', paymentId: 'pi_stored' },
    ...{ price: 1000, currency: 'usd' },
  } as const;
  const receivedAt = new Date(clock.now());
  const event = { _id: 'evt_1', type: 'x', fact, receivedAt, pending: true, tryAt: receivedAt };
  await models.providerEvents.collection.insertOne(event as never);
  await shop.becomes(user, body, 'settled');
  await until('it is done', () => models.providerEvents.exists({ _id: 'evt_1', pending: false }));
});

test('the wallet takes no more: held for an operator, with the reason', async () => {
  await shop.close();
  shop = await openShop({ settings: { MAX_BALANCE: '1500' } });
  user = await shop.world.user();
  for (const status of ['settled', 'held'] as const) {
    const { body } = await shop.buy(user, 1000);
    shop.act(body, 'pay');
    await shop.becomes(user, body, status);
    await until('it is noted', async () => (await docOf(body)).status === status);
  }
  expect(await shop.balance(user)).toBe(1000);
  const held = await shop.world.context.models.topUps.findOne({ status: 'held' }).orFail().lean();
  expect(held.reason).toBe('A wallet holds at most 1500 points.');
});

test('without workers for a while: everything is made up for', async () => {
  await shop.world.workers.stop();
  const { body } = await shop.buy(user, 1000);
  shop.act(body, 'pay');
  await until('the event is taken', () => shop.provider.account.outbox.size === 0);
  await shop.becomes(user, body, 'paid');
  await shop.world.workers.start();
  await shop.becomes(user, body, 'settled');
});
