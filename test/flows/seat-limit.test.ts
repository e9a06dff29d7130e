import type { Fan, Job, PlacedHold, TestConcert, TestUser } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

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

test('of many holds at once as many get through as the limit allows', async () => {
  const fan = await world.fan(concert);
  const jobs = await Promise.all(Array.from({ length: 9 }, (_, i) => place(fan, seats('A', i + 1))));
  expect(jobs.filter(({ status }) => status === 'done')).toHaveLength(4);
  for (const job of jobs) if (job.status !== 'done') expect(job).toMatchObject(exceeded(4));
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
