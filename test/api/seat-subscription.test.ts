import type { PipelineStage } from 'mongoose';
import { openSeatSubscription, type SeatSubscription } from '../../api/concerts/seat-subscription';
import { openSubscriptions } from '../../api/streams/subscriptions';
import { seatsChannel } from '../../shared/concerts/seats-channel';
import type { Models } from '../../shared/models';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

/** The seats as a client shows them that follows the frames. */
function follow(subscription: SeatSubscription): Map<string, string> {
  const seats = new Map<string, string>();
  subscription.add((frame) => {
    const [, data = '{}'] = /^data: (.*)$/m.exec(frame.toString()) ?? [];
    const { seats: all = [], changes = [] } = JSON.parse(data);
    for (const { id, status } of [...all, ...changes]) seats.set(id, status);
  }, undefined);
  return seats;
}

test('a slow check of all seats never undoes what was published in the meantime', async () => {
  const { context } = world;
  const { models, redis, config } = context;
  const { performanceId, seatIds } = await world.concert();
  const [first = '', second = ''] = seatIds;
  const subscriptions = await openSubscriptions(context);

  /** Once this is set, a read of a whole performance returns only after it. */
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

  const delayed = openSeatSubscription({ ...context, subscriptions, models: slow }, performanceId);
  const quick = openSeatSubscription({ ...context, subscriptions }, performanceId);
  await Promise.all([delayed.check(), quick.check()]);
  const [shown, shownByQuick] = [follow(delayed), follow(quick)];
  const change = async (id: string, status: 'held' | 'sold') => {
    await models.seats.updateOne({ _id: id }, { status });
    await redis.publish(seatsChannel(config, performanceId), id);
  };

  let go = () => {};
  release = new Promise((resolve) => {
    go = resolve;
  });
  isRead = false;
  const check = delayed.check();
  await until('the old state is read', () => isRead);
  await change(first, 'held');
  await until('the message has come', () => shownByQuick.get(first) === 'held');
  go();
  await check;
  await change(second, 'sold');
  await until('the next one', () => shown.get(second) === 'sold');
  expect(shown.get(first)).toBe('held');
  for (const each of [delayed, quick]) each.stop();
});
