import type { Fan, Job, TestConcert } from '../helpers/builders';
import { snapshot } from '../helpers/snapshot';
import { startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
let next = 0;
beforeAll(async () => {
  world = await startWorld();
  concert = await world.concert({ seats: 20, price: 1000 });
});
afterAll(() => world?.close());

const aSeat = () => {
  next += 1;
  return [`${concert.performanceId}-A-${next}`];
};
const queueToken = async (fan: Fan) =>
  (await world.client.send('get', `/v1/concerts/${concert.concertId}/queue-token`, fan)).body.status;

test('points short: refused, the hold and the token live on; charged, it is paid', async () => {
  const fan = await world.fan(concert, { points: 999 });
  const { holdId } = await world.hold(fan, concert, aSeat());
  const before = await snapshot(world);
  const answer = await world.pay(fan, holdId);
  expect(answer).toMatchObject({
    status: 202,
    body: { status: 'refused', result: null, problem: { code: 'POINTS_INSUFFICIENT', status: 409 } },
  });
  expect(await snapshot(world)).toEqual(before);
  expect(await queueToken(fan)).toBe('active');
  await world.client.command('post', '/v1/points/charges', { ...fan, body: { amount: 1 } });
  expect((await world.pay(fan, holdId)).body).toMatchObject({ status: 'done', result: { amount: 1000, balance: 0 } });
});

test("somebody else's hold: 404 as for an unknown one, nothing accepted or changed", async () => {
  const [owner, other] = await Promise.all([world.fan(concert), world.fan(concert, { points: 5000 })]);
  const { holdId } = await world.hold(owner, concert, aSeat());
  const before = await snapshot(world);
  const refused = await world.pay(other, holdId);
  expect(refused).toMatchObject({ status: 404, body: { code: 'HOLD_NOT_FOUND' } });
  expect(refused.body).toEqual((await world.pay(other, 'hold_unknown')).body);
  expect(await world.context.models.commands.countDocuments({ kind: 'payment.pay', userId: other.id })).toBe(0);
  expect(await snapshot(world)).toEqual(before);
});

test('a price of the client’s own is refused, nothing accepted or changed', async () => {
  const fan = await world.fan(concert, { points: 5000 });
  const { holdId } = await world.hold(fan, concert, aSeat());
  const before = await snapshot(world);
  const answer = await world.client.command('post', `/v1/holds/${holdId}/payment`, { ...fan, body: { amount: 1 } });
  expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(await snapshot(world)).toEqual(before);
});

test('paying again: HOLD_ALREADY_PAID with another key, a replay with the same, whatever became of the token', async () => {
  const fan = await world.fan(concert, { points: 5000 });
  const { holdId } = await world.hold(fan, concert, aSeat());
  const first = await world.pay(fan, holdId, 'first');
  const before = await snapshot(world);
  const noToken = { ...fan, queueToken: '' };
  for (const who of [fan, noToken]) {
    const again = await world.pay(who, holdId);
    expect(again).toMatchObject({ status: 202, body: { status: 'refused', problem: { code: 'HOLD_ALREADY_PAID' } } });
    const replay = await world.pay(who, holdId, 'first');
    expect(replay).toMatchObject({ status: 202, body: first.body, headers: { 'idempotency-replayed': 'true' } });
  }
  expect(await snapshot(world)).toEqual(before);
});

test('a live hold is paid whatever became of the session, which its owner has given up', async () => {
  const fan = await world.fan(concert, { points: 5000 });
  const held = await world.hold(fan, concert, aSeat());
  await world.client.send('delete', `/v1/concerts/${concert.concertId}/queue-token`, fan);
  expect(await queueToken(fan)).not.toBe('active');
  const without = await world.client.command<Job>('post', `/v1/holds/${held.holdId}/payment`, { token: fan.token });
  expect(without.body).toMatchObject({ status: 'done', result: { amount: 1000, balance: 4000 } });
});

test('a hold that ran out: refused, nothing debited', async () => {
  const fan = await world.fan(concert, { points: 5000 });
  const { holdId } = await world.hold(fan, concert, aSeat());
  world.clock.offsetMs += 300_000;
  const answer = await world.pay(fan, holdId);
  expect(answer).toMatchObject({ status: 202, body: { status: 'refused', problem: { code: 'HOLD_EXPIRED' } } });
  expect((await world.client.send('get', '/v1/points', fan)).body).toEqual({ balance: 5000 });
  const { models } = world.context;
  expect(await models.payments.countDocuments({ userId: fan.id })).toBe(0);
  expect(await models.reservations.countDocuments({ userId: fan.id })).toBe(0);
});
