import type { Job, PlacedHold } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

test('of 50 people who want one seat at once, one gets it', async () => {
  const concert = await world.concert({ seats: 2 });
  const [wanted = '', other = ''] = concert.seatIds;
  const fans = await Promise.all(Array.from({ length: 50 }, () => world.fan(concert)));
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const answers = await Promise.all(
    fans.map(({ token, queueToken }, i) =>
      world.client.command<Job<PlacedHold>>('post', path, {
        token,
        queueToken,
        // Half of them want its neighbour as well: all or none.
        body: { seatIds: i % 2 ? [wanted] : [wanted, other] },
      }),
    ),
  );
  const jobs = answers.map(({ body }) => body);
  const winners = jobs.filter((job) => job.status === 'done');
  expect(winners).toHaveLength(1);
  for (const job of jobs)
    if (job !== winners[0]) expect(job).toMatchObject({ status: 'refused', problem: { code: 'SEAT_TAKEN' } });
  const held = await world.context.models.seats.find({ performanceId: concert.performanceId, status: 'held' }).lean();
  expect(held.map((seat) => seat._id).sort()).toEqual([...(winners[0]?.result.seatIds ?? [])].sort());
  expect(await world.context.models.holds.countDocuments({ performanceId: concert.performanceId })).toBe(1);
});

test('the one who was accepted first gets it', async () => {
  const concert = await world.concert({ seats: 1 });
  const fans = await Promise.all(Array.from({ length: 20 }, () => world.fan(concert)));
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const answers = await Promise.all(
    fans.map(({ token, queueToken }) =>
      world.client.command<Job>('post', path, { token, queueToken, body: { seatIds: concert.seatIds } }),
    ),
  );
  const [first] = answers.map(({ body }) => body).sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(first?.status).toBe('done');
});
