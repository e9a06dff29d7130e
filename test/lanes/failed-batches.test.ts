import { MongoNetworkError } from 'mongodb';
import { observedBatch } from '../../workers/batches/observed-batch';
import { OutOfDate } from '../../workers/batches/write-batch';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

test.each([
  ['a network that failed', new MongoNetworkError('closed'), 'true'],
  ['something that was not as remembered', new OutOfDate('wallets: 0 of 1 writes met what was decided upon'), 'true'],
  ['a cause of its own', new Error('a defect'), 'false'],
])('a batch that failed for %s is counted', async (_, error, passing) => {
  const { groupsFailed } = world.context.metrics;
  const count = async () =>
    (await groupsFailed.get()).values.find(({ labels }) => labels.passing === passing)?.value ?? 0;
  const before = await count();
  await expect(observedBatch(world.context, () => Promise.reject(error))).rejects.toBe(error);
  expect(await count()).toBe(before + 1);
});
