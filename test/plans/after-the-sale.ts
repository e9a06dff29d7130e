import { native } from '../../shared/models';
import type { Fan, Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import type { World } from '../helpers/world';
import type { Shop } from '../top-ups/shop';

const topUpsOfOthers = 20_000;
const topUpsOfOne = 2000;

/** As many top-ups as a shop has after a while, of which one user has many. */
export async function fillTopUps({ world: { context } }: Shop, heavyId: string): Promise<void> {
  const at = new Date(context.clock.now() - 30 * 86_400_000);
  const docs = Array.from({ length: topUpsOfOthers + topUpsOfOne }, (_, i) => ({
    ...{ _id: `topup_generated_${i}`, userId: i < topUpsOfOne ? heavyId : `user_${i}`, key: `key ${i}`, amount: 1000 },
    ...{ price: 1000, currency: 'krw', returnUrl: '', status: 'settled' as const, reason: null, sessionId: `cs_${i}` },
    ...{ url: null, paymentId: `pi_${i}`, paid: { price: 1000, currency: 'krw' }, chargeId: `job_${i}` },
    ...{ takenBack: { refunded: 0, disputed: 0 }, reversed: 0, reversalId: null, createdAt: at, expiresAt: at },
    ...{ paidAt: at, pollAt: null, polls: 0 },
  }));
  await native(context.models, 'topUps').insertMany(docs);
}

/** Points bought, taken back and refunded, and what cashiers and operators see of them. */
export async function tourOfMoney(shop: Shop, admin: TestUser, heavy: TestUser): Promise<void> {
  const { client } = shop.world;
  const buy = async (user: TestUser) => {
    const { body } = await shop.buy(user, 1000);
    shop.act(body, 'pay');
    const { topUps } = shop.world.context.models;
    await until('it is noted', () => topUps.exists({ _id: body.id, status: 'settled' }));
    return body;
  };
  const user = await shop.world.user();
  for (const buyer of [heavy, user]) await buy(buyer);
  const disputed = await buy(user);
  shop.act(disputed, 'dispute');
  await until('points are taken back', async () => (await shop.read(user, disputed)).reversed > 0);
  const refunded = await buy(user);
  await client.send('post', `/v1/admin/top-ups/${refunded.id}/refund`, admin);
  await shop.becomes(user, refunded, 'refunded');
  const { body: cashier } = await client.send<TestUser>('post', '/v1/sign-in', {
    body: { name: 'cashier', password: shop.world.config.ADMIN_PASSWORD },
  });
  const charge = { token: cashier.token, body: { amount: 5, reference: 'till 1' } };
  await client.command('post', `/v1/admin/users/${user.id}/points/charges`, charge);
  for (const { token } of [heavy, user]) await client.send('get', '/v1/points/statement', { token });
  const day = new Date(shop.world.clock.now()).toISOString().slice(0, 10);
  for (const path of [`reports/points?day=${day}`, 'top-ups', 'top-ups?status=settled', 'debts'])
    await client.send('get', `/v1/admin/${path}`, admin);
}

/** A reservation cancelled by its owner and by an operator, a date that is moved and then called off. */
export async function tourOfChanges(
  { world }: Shop,
  { token }: TestUser,
  fan: Fan,
  concert: TestConcert,
): Promise<void> {
  const { client } = world;
  const buy = async (seatId = '') => {
    const paid = await world.pay(fan, (await world.hold(fan, concert, [seatId])).holdId);
    const { token: queueToken } = (
      await client.send<{ token: string }>('post', `/v1/concerts/${concert.concertId}/queue-token`, fan)
    ).body;
    fan.queueToken = queueToken;
    return String(paid.body.result.reservationId);
  };
  const seats = concert.seatIds.slice(5, 8);
  const [mine = '', theirs = ''] = [await buy(seats[0]), await buy(seats[1])];
  await buy(seats[2]);
  const terms = `/v1/reservations/${mine}/cancellation`;
  await client.send('get', terms, fan);
  await client.command<Job>('post', terms, { token: fan.token, body: {} });
  const refund = { token, body: { reason: 'ill', refund: 'full' } };
  await client.command('post', `/v1/admin/reservations/${theirs}/cancellation`, refund);
  const at = `/v1/admin/performances/${concert.performanceId}`;
  await tourOfBlocks(world, token, at, concert.seatIds, fan.id);
  await client.send('patch', at, { token, body: { startsAt: '2035-02-01T19:00:00.000Z' } });
  await client.send('post', `${at}/cancellation`, { token, body: { reason: 'rain' } });
  const finished = async () => (await client.send('get', `${at}/cancellation`, { token })).body.finishedAt;
  await until('all is given back', async () => Boolean(await finished()), 20_000);
}

/** Seats that are blocked, listed, freed, and given away. */
async function tourOfBlocks(
  { client }: World,
  token: string,
  at: string,
  seatIds: string[],
  userId: string,
): Promise<void> {
  const made: string[] = [];
  for (const body of [
    { section: 'A', reason: 'all' },
    { seatIds: seatIds.slice(8, 10), reason: 'two' },
    { rows: [{ section: 'A', row: '1' }], reason: 'row' },
  ]) {
    const { body: block } = await client.command<Job>('post', `${at}/blocks`, { token, body });
    made.push(block.id);
  }
  const done = async (id = '') => (await client.send('get', `${at}/blocks/${id}`, { token })).body.unfinished === 0;
  for (const id of made) await until('it is blocked', () => done(id));
  const first = await client.send<{ nextCursor: string }>('get', `${at}/blocks?limit=1`, { token });
  await client.send('get', `${at}/blocks?limit=1&cursor=${first.body.nextCursor}`, { token });
  const gift = { userId, seatIds: seatIds.slice(8, 9), reason: 'guest' };
  await client.command('post', `${at}/complimentary`, { token, body: gift });
  for (const id of made) {
    await client.send('delete', `${at}/blocks/${id}`, { token });
    await until('it is freed', () => done(id));
  }
}
