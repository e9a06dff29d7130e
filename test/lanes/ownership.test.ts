import { openContext } from '../../shared/context';
import { native } from '../../shared/models';
import { fairShare } from '../../workers/lanes/fair-share';
import type { LaneOwner } from '../../workers/lanes/own-lanes';
import { startWorkers } from '../../workers/start-workers';
import type { Job } from '../helpers/builders';
import { takeLane } from '../helpers/take-lane';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
const started: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  world = await startWorld({
    settings: { RESERVATION_LANES: '4', WALLET_LANES: '4', LEASE_MS: '1000' },
    workers: false,
  });
});
afterEach(async () => {
  for (const worker of started.splice(0)) await worker.stop();
});
afterAll(() => world?.close());

/** One worker, as in a process of its own. */
async function startWorker(): Promise<LaneOwner> {
  const context = await openContext(world.config, 'workers', world.clock);
  const owner = await startWorkers(context);
  started.push({ stop: () => owner.stop().then(() => context.lifecycle.close()) });
  return owner;
}
const sizes = (owners: LaneOwner[]) => owners.map((owner) => owner.lanes().length);

test('workers share the lanes out, and a joiner gets its share', async () => {
  const first = await startWorker();
  await until('the first has all', () => first.lanes().length === 8);
  const second = await startWorker();
  await until('two have four each', () => sizes([first, second]).join() === '4,4');
  const third = await startWorker();
  await until('three share', () => sizes([first, second, third]).sort().join() === '2,3,3');
  const all = [first, second, third].flatMap((owner) => owner.lanes());
  expect(new Set(all).size).toBe(8);
});

test('a worker that stops hands its lanes over at once', async () => {
  const first = await startWorker();
  await until('the first has all', () => first.lanes().length === 8);
  const second = await startWorker();
  await until('two have four each', () => sizes([first, second]).join() === '4,4');
  const leases = () => world.context.models.lanes.find().lean();
  const longBefore = (await leases()).length;
  await started.shift()?.stop();
  await until('the second has all', () => second.lanes().length === longBefore, 900);
});

test('fair shares differ by one at most, and add up', () => {
  for (let workers = 1; workers < 8; workers += 1) {
    const names = Array.from({ length: workers }, (_, i) => `worker-${i}`);
    for (const offset of [0, 1]) {
      const shares = names.map((name) => fairShare(names, name, 8, offset));
      expect(shares.reduce((sum, share) => sum + share)).toBe(8);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  }
  expect(fairShare(['worker-0'], 'somebody else', 8)).toBe(0);
});

test('whoever takes a lane ends the transaction that a dead owner left open, and shuts the old owner out', async () => {
  const { connection, models } = world.context;
  const owner = await startWorker();
  await until('it has all', () => owner.lanes().length === 8);
  await started.shift()?.stop();
  const lane = 'wallet-00';
  const dead = connection.getClient().startSession();
  const taken = await takeLane(models, lane, 'worker_dead', dead, 1);
  dead.startTransaction();
  await native(models, 'fences').updateOne({ _id: lane }, { $inc: { position: 1 } }, { session: dead });
  const heir = connection.getClient().startSession();
  const again = await until('the lease has ended', () => takeLane(models, lane, 'worker_heir', heir, 1000));
  expect(again).toMatchObject({ epoch: (taken?.epoch ?? 0) + 1, deadSession: expect.stringMatching(/^[0-9a-f]{32}$/) });
  await expect(dead.commitTransaction()).rejects.toThrow();
  expect((await models.fences.findById(lane).lean())?.epoch).toBe(again.epoch);
  await Promise.all([dead.endSession(), heir.endSession()]);
});

test('an owner that lost its lanes while it was not looking carries out nothing more for them', async () => {
  const owner = await startWorker();
  await until('it has all', () => owner.lanes().length === 8);
  const user = await world.user();
  const { models } = world.context;
  // As a rival would: raise every fence and put another name in every lease.
  await models.fences.updateMany({}, { $inc: { epoch: 1 } });
  const far = new Date(Date.now() + 60_000);
  await models.lanes.updateMany({}, { $inc: { epoch: 1 }, $set: { owner: 'worker_rival', leaseUntil: far } });
  const charge = { token: user.token, body: { amount: 1 }, wait: null };
  const { body } = await world.client.command<Job>('post', '/v1/points/charges', charge);
  await until('it has let go of all', () => owner.lanes().length === 0);
  expect((await models.commands.findById(body.id).lean())?.status).toBe('accepted');
  await models.lanes.updateMany({}, { $set: { leaseUntil: new Date(0) } });
  await until('it has taken them again', () => owner.lanes().length === 8);
  await until('the charge is done', async () => (await models.commands.findById(body.id).lean())?.status === 'done');
});

test('a lane that was lost and given back by another is taken again, once', async () => {
  const owner = await startWorker();
  await until('it has all', () => owner.lanes().length === 8);
  const { models } = world.context;
  // As if another worker had taken all lanes and handed them back while this one was frozen.
  await models.fences.updateMany({}, { $inc: { epoch: 1 } });
  await models.lanes.updateMany({}, { $inc: { epoch: 1 }, $set: { owner: null, leaseUntil: new Date(0) } });
  const epochs = new Map((await models.lanes.find().lean()).map((lane) => [lane._id, lane.epoch]));
  await until('all are owned again', async () => {
    const lanes = await models.lanes.find({ owner: { $ne: null } }).lean();
    return lanes.length === 8 && lanes.every((lane) => lane.epoch === (epochs.get(lane._id) ?? 0) + 1);
  });
  const user = await world.user({ points: 3 });
  expect((await world.client.send('get', '/v1/points', { token: user.token })).body).toEqual({ balance: 3 });
  await until('the worker knows that it has them', () => owner.lanes().length === 8);
  // Its leases are renewed, so nobody takes them over.
  const renewed = (await models.lanes.find().lean()).map((lane) => lane.leaseUntil.getTime());
  await until('every lease has been renewed', async () =>
    (await models.lanes.find().lean()).every((lane, i) => lane.leaseUntil.getTime() > (renewed[i] ?? 0)),
  );
});
