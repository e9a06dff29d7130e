import type { PipelineStage } from 'mongoose';
import { type SeatWatch, startSeatWatch } from '../../api/concerts/seat-subscription';
import { openChannels } from '../../api/streams/subscriptions';
import { seatsChannel } from '../../shared/concerts/seats-channel';
import type { Models } from '../../shared/models';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

/** What a page shows that follows the frames. */
function follow(watch: SeatWatch): Map<string, string> {
  const seats = new Map<string, string>();
  watch.join((frame) => {
    const [, data = '{}'] = /^data: (.*)$/m.exec(frame.toString()) ?? [];
    const { seats: all = [], changes = [] } = JSON.parse(data);
    for (const { id, status } of [...all, ...changes]) seats.set(id, status);
  }, undefined);
  return seats;
}

test('a look at all seats that takes long never undoes what was told in the meantime', async () => {
  const { context } = world;
  const { models, redis, config } = context;
  const { performanceId, seatIds } = await world.concert();
  const [first = '', second = ''] = seatIds;
  const channels = await openChannels(context);

  /** Once this is set, what was read of a whole performance is handed over only after it. */
  let release: Promise<void> | null = null;
  let isRead = false;
  const aggregate = (pipeline: PipelineStage[]) => ({
    async readConcern(level: 'snapshot') {
      const groups = await models.seats.aggregate(pipeline).readConcern(level);
      isRead = true;
      await release;
      return groups;
    },
  });
  const find = models.seats.find.bind(models.seats);
  const slow = { ...models, seats: { find, aggregate } } as unknown as Models;

  const watch = startSeatWatch({ ...context, channels, models: slow }, performanceId);
  const quick = startSeatWatch({ ...context, channels }, performanceId);
  await Promise.all([watch.look(), quick.look()]);
  const [shown, shownByQuick] = [follow(watch), follow(quick)];
  const change = async (id: string, status: 'held' | 'sold') => {
    await models.seats.updateOne({ _id: id }, { status });
    await redis.publish(seatsChannel(config, performanceId), id);
  };

  let go = () => {};
  release = new Promise((resolve) => {
    go = resolve;
  });
  isRead = false;
  const look = watch.look();
  await until('the old state is read', () => isRead);
  await change(first, 'held');
  await until('the notice has come', () => shownByQuick.get(first) === 'held');
  go();
  await look;
  await change(second, 'sold');
  await until('the next one', () => shown.get(second) === 'sold');
  expect(shown.get(first)).toBe('held');
  for (const each of [watch, quick]) each.stop();
});
