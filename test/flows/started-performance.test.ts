import { fingerprint } from '../../shared/commands/new-command';
import type { Job, PlacedHold } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

test('seats are held until the performance starts, and what is held may be paid after', async () => {
  const concert = await world.concert();
  const performance = await world.context.models.performances.findById(concert.performanceId).lean();
  const path = `/v1/performances/${concert.performanceId}/holds`;
  world.clock.offsetMs += (performance?.startsAt.getTime() ?? 0) - 10_000 - world.clock.now();
  const fan = await world.fan(concert, { points: 5000 });
  const request = { ...fan, key: 'just-in-time', body: { seatIds: concert.seatIds.slice(0, 1) } };
  const held = await world.client.command<Job<PlacedHold>>('post', path, request);
  expect(held.body.status).toBe('done');
  world.clock.offsetMs += 10_000;
  const late = await world.client.command<Job>('post', path, {
    ...fan,
    body: { seatIds: concert.seatIds.slice(1, 2) },
  });
  expect(late).toMatchObject({ status: 202, body: { status: 'refused', problem: { code: 'PERFORMANCE_STARTED' } } });
  // The first answer stands, whenever it is asked for again.
  const repeated = await world.client.command<Job>('post', path, request);
  expect(repeated).toMatchObject({ headers: { 'idempotency-replayed': 'true' }, body: { status: 'done' } });
  expect((await world.pay(fan, held.body.result.holdId)).body.status).toBe('done');
});

test('a hold that was accepted when commands carried the start may be asked for again', async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const request = { ...fan, key: 'before-the-upgrade', body: { seatIds: concert.seatIds.slice(0, 1) } };
  const first = await world.client.command<Job>('post', path, request);
  const { commands } = world.context.models;
  const stored = await commands.findById(first.body.id).lean();
  const payload = { ...(stored?.payload as object), startsAt: 1 };
  await commands.updateOne({ _id: first.body.id }, { payload, fingerprint: fingerprint('hold.place', payload) });
  const repeated = await world.client.command<Job>('post', path, request);
  expect(repeated).toMatchObject({ status: 202, headers: { 'idempotency-replayed': 'true' }, body: first.body });
});
