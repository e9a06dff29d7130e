import { lineId, newLine } from '../../shared/standby/standby.model';
import type { Job, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { SWEEP_MS: '100' } });
});
afterAll(() => world?.close());

/** More people than are read, or ended, at a time: stored as if they had joined, a pair each. */
const people = 520;

async function longLine(concert: TestConcert): Promise<void> {
  const { concertId, performanceId } = concert;
  const line = { performanceId, section: 'A' };
  const { standbyEntries, standbyLines } = world.context.models;
  await standbyEntries.insertMany(
    Array.from({ length: people }, (_, i) => ({
      ...{ _id: `standby_${i}`, userId: `user_${i}`, concertId, ...line, seats: 2, maxPrice: null, number: i + 1 },
      ...{ status: 'waiting', live: true, joinedAt: new Date(world.clock.now()), offeredAt: null, endedAt: null },
      ...{ holdId: null, commandId: `job_${i}` },
    })),
  );
  await standbyLines.create({ ...newLine(line), _id: lineId(line), joined: people, waiting: people });
}

test('one who fits is found behind hundreds who do not, and the places of all end when the date has begun', async () => {
  const concert = await world.concert({ seats: 1 });
  const holder = await world.fan(concert);
  const { holdId } = await world.hold(holder, concert, concert.seatIds);
  await longLine(concert);
  const last = await world.user();
  const path = `/v1/performances/${concert.performanceId}/standby`;
  const joined = await world.client.command<Job>('post', path, { token: last.token, body: { seats: 1 } });
  expect(joined.body.result.position).toBe(people + 1);
  await world.client.command('delete', `/v1/holds/${holdId}`, holder);
  const { standbyEntries, performances } = world.context.models;
  await until('the last one has the offer', () => standbyEntries.exists({ userId: last.id, status: 'offered' }));
  expect(await standbyEntries.countDocuments({ status: 'waiting' })).toBe(people);
  await performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date(world.clock.now()) });
  await until('nobody waits', async () => (await standbyEntries.countDocuments({ status: 'waiting' })) === 0);
  expect(await standbyEntries.countDocuments({ status: 'skipped', reason: 'PERFORMANCE_STARTED' })).toBe(people);
});
