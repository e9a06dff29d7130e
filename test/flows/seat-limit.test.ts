import { openApiContext } from '../../api/context';
import { allRoutes } from '../../api/routes';
import type { Fan, Job, PlacedHold, TestConcert, TestUser } from '../helpers/builders';
import { createClient } from '../helpers/client';
import { until } from '../helpers/until';
import { serve, startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_SEATS_PER_USER: '4', SWEEP_MS: '100' } });
});
afterAll(() => world?.close());
beforeEach(async () => {
  const room = { sessionSeconds: 3600, maxSessionSeconds: 7200 };
  concert = await world.concert({ seats: 10, sections: ['A', 'B'], room });
});

const seats = (section: string, ...numbers: number[]) =>
  numbers.map((number) => `${concert.performanceId}-${section}-${number}`);
const place = async (fan: Fan, seatIds: string[]) => {
  const path = `/v1/performances/${concert.performanceId}/holds`;
  return (await world.client.command<Job<PlacedHold>>('post', path, { ...fan, body: { seatIds } })).body;
};
const codeOf = (body: unknown) => (body as { code: string }).code;
const join = async (user: TestUser): Promise<Fan> => {
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  const { body } = await world.client.send<{ token: string }>('post', path, { token: user.token });
  return { ...user, queueToken: body.token };
};
/** Makes a hold another user's, under an id that nobody has seen yet: of a hold that is known, that never changes. */
async function moveTo({ id: userId }: TestUser, { holdId }: PlacedHold): Promise<{ holdId: string }> {
  const { holds, seats: all } = world.context.models;
  const hold = await holds.findByIdAndDelete(holdId).lean();
  const moved = `${holdId}-moved`;
  await holds.create({ ...hold, _id: moved, userId });
  await all.updateMany({ holdId }, { holdId: moved });
  return { holdId: moved };
}
const exceeded = (had: number) => ({
  status: 'refused',
  problem: {
    code: 'SEAT_LIMIT_EXCEEDED',
    status: 409,
    detail: `You have ${had} of at most 4 seats of this performance.`,
    seats: had,
    limit: 4,
  },
});

test('over several holds and sections a user gets as many seats as the limit says; others are not concerned', async () => {
  const fan = await world.fan(concert);
  expect(await place(fan, seats('A', 1, 2, 3))).toMatchObject({ status: 'done' });
  expect(await place(fan, seats('B', 1, 2))).toMatchObject(exceeded(3));
  expect(await place(fan, seats('B', 1))).toMatchObject({ status: 'done' });
  expect(await place(fan, seats('A', 4))).toMatchObject(exceeded(4));
  expect(await place(await world.fan(concert), seats('A', 4))).toMatchObject({ status: 'done' });
});

test('seats that are paid count, seats that were given back or ran out do not', async () => {
  const fan = await world.fan(concert, { points: 10_000 });
  const bought = await world.hold(fan, concert, seats('A', 1, 2));
  expect((await world.pay(fan, bought.holdId)).body.status).toBe('done');
  // Having paid, the fan has left the room, and comes again.
  const again = await join(fan);
  const back = await world.hold(again, concert, seats('A', 3, 4));
  expect(await place(again, seats('B', 1))).toMatchObject(exceeded(4));
  await world.client.command('delete', `/v1/holds/${back.holdId}`, again);
  const late = await world.hold(again, concert, seats('A', 5, 6));
  expect(await place(again, seats('B', 1))).toMatchObject(exceeded(4));
  world.clock.offsetMs += Date.parse(late.expiresAt) - world.clock.now();
  expect(await place(again, seats('B', 1, 2))).toMatchObject({ status: 'done' });
});

test('of many holds at once, over sections and at two APIs, one is decided at a time, and never more than the limit held', async () => {
  const fan = await world.fan(concert);
  const other = await openApiContext(world.config, world.clock);
  const apis = [world.client, createClient(await serve(other), allRoutes(world.config))];
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const wanted = [1, 2, 3, 4, 5, 6].flatMap((number) => [...seats('A', number), ...seats('B', number)]);
  const volley = (held: readonly string[]) =>
    Promise.all(
      wanted
        .filter((id) => !held.includes(id))
        .map((id, i) => apis[i % 2]?.command<Job<PlacedHold>>('post', path, { ...fan, body: { seatIds: [id] } })),
    );
  const outcomes: string[] = [];
  let held: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const replies = await volley(held);
    outcomes.push(...replies.map((reply) => (reply?.status === 202 ? reply.body.status : codeOf(reply?.body))));
    const live = await world.context.models.holds.find({ userId: fan.id, status: 'held' }).lean();
    held = live.flatMap(({ seatIds }) => seatIds);
    expect(held.length).toBeLessThanOrEqual(4);
  }
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(4);
  expect(outcomes).toContain('HOLD_IN_PROGRESS');
  expect(new Set(outcomes)).toEqual(new Set(['done', 'refused', 'HOLD_IN_PROGRESS']));
  await apis[1]?.close();
  await other.lifecycle.close();
});

test('a repeat of the hold that is in progress is answered as what it repeats', async () => {
  const fan = await world.fan(concert);
  await world.workers.stop();
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const ask = (key: string, seatIds: string[]) =>
    world.client.command<Job & { code?: string }>('post', path, { ...fan, key, wait: null, body: { seatIds } });
  const first = await ask('first', seats('A', 1));
  expect((await ask('first', seats('A', 1))).body.id).toBe(first.body.id);
  const second = await ask('second', seats('B', 1));
  expect([second.status, second.body.code]).toEqual([429, 'HOLD_IN_PROGRESS']);
  expect(second.headers['retry-after']).toBe('1');
  await world.workers.start();
  await until('the next one is accepted', async () => (await ask('second', seats('B', 1))).status === 202);
});

test('each performance counts by itself', async () => {
  const fan = await world.fan(concert);
  await place(fan, seats('A', 1, 2, 3, 4));
  concert = await world.concert({ seats: 2 });
  expect(await place(await join(fan), concert.seatIds.slice(0, 1))).toMatchObject({ status: 'done' });
});

test('nobody owns more, whatever they hold: what two workers let through in one instant is not all paid', async () => {
  const fan = await world.fan(concert, { points: 10_000 });
  const one = await world.hold(fan, concert, seats('A', 1, 2, 3));
  const other = await moveTo(fan, await world.hold(await world.fan(concert), concert, seats('B', 1, 2)));
  const again = await join(fan);
  const outcomes = await Promise.all([one, other].map(({ holdId }) => world.pay(again, holdId)));
  expect(outcomes.map(({ body }) => body.status).sort()).toEqual(['done', 'refused']);
  const owned = await world.context.models.reservations.find({ userId: fan.id }).lean();
  const had = owned.flatMap(({ seatIds }) => seatIds).length;
  expect(outcomes.map(({ body }) => body).find(({ status }) => status === 'refused')).toMatchObject(exceeded(had));
});
