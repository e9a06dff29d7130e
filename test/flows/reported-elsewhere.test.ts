import { randomUUID } from 'node:crypto';
import type { Fan, Job, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

/** What users of other shops and wallets have reported; the sources are in docs/topics/outside-cases.md. */
let world: World;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld({ settings: { HOLD_SECONDS: '60', MAX_SEATS_PER_USER: '0' } });
});
afterAll(() => world?.close());
beforeEach(async () => {
  concert = await world.concert({ seats: 6 });
});

const place = async (fan: Fan, seatIds: string[]) => {
  const path = `/v1/performances/${concert.performanceId}/holds`;
  return (await world.client.command<Job<{ holdId: string }>>('post', path, { ...fan, body: { seatIds } })).body;
};
const release = async (fan: Fan, holdId: string) =>
  (await world.client.command<Job>('delete', `/v1/holds/${holdId}`, { token: fan.token })).body;
const payRaw = async (fan: Fan, holdId: string, key = randomUUID()) =>
  (await world.client.command<Job>('post', `/v1/holds/${holdId}/payment`, { token: fan.token, key })).body;
const balanceOf = async ({ token }: { token: string }) =>
  (await world.client.send('get', '/v1/points', { token })).body.balance;
const seatOf = (id = '') => world.context.models.seats.findById(id).orFail().lean();

test('a seat that ran out and was sold to another stays sold, whatever the first one still sends', async () => {
  const [seatId = ''] = concert.seatIds;
  const first = await world.fan(concert, { points: 5000 });
  const second = await world.fan(concert, { points: 5000 });
  const hold = await world.hold(first, concert, [seatId]);
  world.clock.offsetMs += 61_000;
  const other = await world.hold(second, concert, [seatId]);
  expect((await world.pay(second, other.holdId)).body.status).toBe('done');
  const late = await payRaw(first, hold.holdId);
  expect(late).toMatchObject({ status: 'refused', problem: { code: 'HOLD_EXPIRED' } });
  expect(await release(first, hold.holdId)).toMatchObject({ status: 'refused' });
  const seat = await seatOf(seatId);
  expect([seat.status, seat.holdId]).toEqual(['sold', other.holdId]);
  expect([await balanceOf(first), await balanceOf(second)]).toEqual([5000, 4000]);
});

test('a hold may be given back after the start of its performance', async () => {
  const fan = await world.fan(concert);
  const hold = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const { models, clock } = world.context;
  await models.performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date(clock.now() - 1000) });
  expect(await release(fan, hold.holdId)).toMatchObject({ status: 'done' });
});

test('holds that end while no worker runs give their seats back by themselves once one does', async () => {
  const fan = await world.fan(concert);
  await world.hold(fan, concert, concert.seatIds.slice(0, 3));
  await world.workers.stop();
  world.clock.offsetMs += 61_000;
  await world.workers.start();
  await until('the seats are free', async () => {
    const held = { performanceId: concert.performanceId, status: { $ne: 'available' as const } };
    return (await world.context.models.seats.countDocuments(held)) === 0;
  });
});

test('of paying and giving back at the same moment one is done, and the seat agrees with it', async () => {
  for (let round = 0; round < 6; round += 1) {
    const fan = await world.fan(concert, { points: 1000 });
    const seatId = concert.seatIds[round] ?? '';
    const { holdId } = await world.hold(fan, concert, [seatId]);
    const [paid, released] = await Promise.all([payRaw(fan, holdId), release(fan, holdId)]);
    expect([paid.status, released.status].sort()).toEqual(['done', 'refused']);
    expect((await seatOf(seatId)).status).toBe(paid.status === 'done' ? 'sold' : 'available');
    expect(await balanceOf(fan)).toBe(paid.status === 'done' ? 0 : 1000);
  }
});

test('a hold of no seats is refused, and one of seats that are all taken leaves nothing behind', async () => {
  const [first, second] = [await world.fan(concert), await world.fan(concert)];
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const none = await world.client.command('post', path, { ...first, body: { seatIds: [] } });
  expect([none.status, none.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  await world.hold(first, concert, concert.seatIds.slice(0, 4));
  expect(await place(second, concert.seatIds.slice(3, 5))).toMatchObject({ problem: { code: 'SEAT_TAKEN' } });
  const { body } = await world.client.send<{ items: unknown[] }>('get', '/v1/holds', { token: second.token });
  expect(body.items).toEqual([]);
  expect((await seatOf(concert.seatIds[4])).status).toBe('available');
});

test('a wallet that is used for the first time by twenty requests at once is one wallet', async () => {
  const { token } = await world.user();
  const requests = Array.from({ length: 20 }, async (_, i) => {
    if (i % 2 === 0) return world.client.send('get', '/v1/points', { token });
    return world.client.command('post', '/v1/points/charges', { token, body: { amount: i } });
  });
  const statuses = (await Promise.all(requests)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 202]));
  expect(await balanceOf({ token })).toBe(1 + 3 + 5 + 7 + 9 + 11 + 13 + 15 + 17 + 19);
});

test('one request in another spelling is the same request to its Idempotency-Key', async () => {
  const { token } = await world.user();
  const [key, path] = [randomUUID(), '/v1/points/charges'];
  const send = (rawBody: string) => world.client.command<Job>('post', path, { token, key, rawBody });
  const first = await send('{"amount":100}');
  for (const rawBody of ['{ "amount" : 100 }\n', '{"amount":1e2}', '{"amount":100.0}']) {
    const again = await send(rawBody);
    expect([again.headers['idempotency-replayed'], again.body.id]).toEqual(['true', first.body.id]);
  }
  expect((await send('{"amount":101}')).status).toBe(422);
  expect(await balanceOf({ token })).toBe(100);
});

test('a key that was refused stays refused: the way out is a new key', async () => {
  const fan = await world.fan(concert);
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const key = randomUUID();
  expect((await payRaw(fan, holdId, key)).status).toBe('refused');
  await world.client.command('post', '/v1/points/charges', { token: fan.token, body: { amount: 1000 } });
  expect(await payRaw(fan, holdId, key)).toMatchObject({ status: 'refused', problem: { code: 'POINTS_INSUFFICIENT' } });
  expect((await payRaw(fan, holdId)).status).toBe('done');
});

test('a ledger that is read page by page while it grows names every older entry once', async () => {
  const { token } = await world.user();
  const chargeOne = () => world.client.command('post', '/v1/points/charges', { token, body: { amount: 1 } });
  await Promise.all(Array.from({ length: 12 }, chargeOne));
  const seen: number[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/points/history?limit=2${cursor && `&cursor=${cursor}`}`;
    const { body } = await world.client.send<{ items: { seq: number }[]; nextCursor: string | null }>('get', path, {
      token,
    });
    seen.push(...body.items.map(({ seq }) => seq));
    cursor = body.nextCursor;
    await chargeOne();
  }
  expect(seen).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});
