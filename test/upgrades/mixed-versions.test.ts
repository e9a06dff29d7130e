import { allRoutes } from '../../api/routes';
import type { CommandDoc } from '../../shared/commands/command.model';
import { laneOf } from '../../shared/commands/lane-of';
import { native } from '../../shared/models';
import { runAudit } from '../../workers/audit/run-audit';
import type { Job, TestUser } from '../helpers/builders';
import { type Client, createClient } from '../helpers/client';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

/** API and workers of today are in this process; those of a version that does not know `points.use` are processes. */
let world: World;
const older: Process[] = [];
beforeEach(async () => {
  world = await startWorld({ settings: { WALLET_LANES: '4', LEASE_MS: '2000' }, workers: false });
});
afterEach(async () => {
  for (const process of older.splice(0)) await process.end();
  await world?.close();
});

async function startOlder(module: 'older-worker' | 'older-api', message: string): Promise<Process> {
  const process = startProcess(`test/upgrades/${module}`, environment(world.config, { LOG_LEVEL: 'info' }));
  older.push(process);
  await process.said(message);
  return process;
}
const startOlderWorker = () => startOlder('older-worker', 'carrying out commands');

const charge = (user: TestUser, amount: number, client: Client = world.client) =>
  client.command<Job>('post', '/v1/points/charges', { token: user.token, body: { amount }, wait: null });
const use = (user: TestUser, amount: number) =>
  world.client.command<Job>('post', '/v1/points/uses', { token: user.token, body: { amount }, wait: null });
const laneOfUser = ({ id }: TestUser) => laneOf(world.config, 'points.charge', { amount: 1 }, id);
const commands = () => native(world.context.models, 'commands');
const statusOf = async (id: string) => (await commands().findOne({ _id: id }))?.status;
const isTaken = async (status: number) => (await use(await world.user(), 1)).status === status;

/** Somebody whose wallet is in that lane. */
async function userIn(lane: string): Promise<TestUser> {
  for (;;) {
    const user = await world.user();
    if (laneOfUser(user) === lane) return user;
  }
}

/**
 * What one API accepted for a lane took effect in that order; nothing failed, nothing is unfinished, and the books are right.
 * @param elsewhere users of another API
 */
async function expectInOrder(elsewhere: TestUser[] = []): Promise<void> {
  const all = await commands()
    .find({ kind: { $ne: 'hold.expire' } })
    .sort({ dueAt: 1, _id: 1 })
    .toArray();
  // Somebody without points is refused.
  const others = all.filter(({ status }) => status !== 'done' && status !== 'refused');
  expect(others.map(({ _id, status }) => [_id, status])).toEqual([]);
  const last = new Map<string, CommandDoc>();
  for (const command of all) {
    const sequence = `${command.lane} ${elsewhere.some(({ id }) => id === command.userId)}`;
    expect(command.position).toBeGreaterThan(last.get(sequence)?.position ?? -1);
    last.set(sequence, command);
  }
  const { connection, models } = world.context;
  expect(await runAudit({ connection, models }, { quiet: true })).toMatchObject({ broken: 0 });
}

test('what an older worker does not know waits, with all behind it in its lane, for a worker that does', async () => {
  const [ann, bob] = [await userIn('wallet-00'), await userIn('wallet-01')];
  const before = await charge(ann, 100);
  const used = await use(ann, 30);
  const after = await charge(ann, 5);
  const worker = await startOlderWorker();
  const { lane, kind } = await worker.said('lane left to workers that know what waits there');
  expect([lane, kind]).toEqual(['wallet-00', 'points.use']);
  const other = await charge(bob, 7);
  await until('other lanes go on', async () => (await statusOf(other.body.id)) === 'done');
  const lanes = await native(world.context.models, 'lanes').find({ owner: null }).toArray();
  expect(lanes.map(({ _id, needs }) => [_id, needs])).toEqual([['wallet-00', 'points.use']]);
  const ids = [before, used, after].map(({ body }) => body.id);
  expect(await Promise.all(ids.map(statusOf))).toEqual(['done', 'accepted', 'accepted']);

  await world.workers.start();
  await until('the rest is done', async () => (await statusOf(after.body.id)) === 'done');
  const entries = await native(world.context.models, 'pointEntries')
    .find({ userId: ann.id })
    .sort({ seq: 1 })
    .toArray();
  expect(entries.map(({ balanceAfter }) => balanceAfter)).toEqual([100, 70, 75]);
  await until('the lane is for everybody again', async () => {
    const [all, owners] = await Promise.all([
      native(world.context.models, 'lanes').countDocuments({ needs: { $exists: false } }),
      native(world.context.models, 'lanes').distinct('owner'),
    ]);
    return all === 6 && owners.length === 2 && !owners.includes(null as never);
  });
  await expectInOrder();
});

test('an API accepts no kind that a live worker does not know, and does again once that one has gone', async () => {
  await world.workers.start();
  await until('it is accepted', () => isTaken(202));
  const worker = await startOlderWorker();
  await until('it is refused', () => isTaken(503));
  const { body, headers } = await use(await world.user(), 1);
  expect(body).toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    detail: expect.stringMatching(/^An upgrade is under way: 1 of 2/),
  });
  expect(headers['retry-after']).toBe('5');
  expect((await charge(await world.user(), 1)).status).toBe(202);
  await worker.end();
  await until('it is accepted again', () => isTaken(202));
});

test('a worker of a version that does not say what it knows is taken for one of before', async () => {
  const workers = native(world.context.models, 'workers');
  await workers.insertOne({ _id: 'worker_old', leaseUntil: new Date(Date.now() + 60_000) });
  await use(await world.user(), 1).then(({ status }) => expect(status).toBe(202));
  await workers.updateOne({ _id: 'worker_old' }, { $set: { kinds: ['points.charge'] } });
  await until('it is refused', () => isTaken(503));
});

/** Users who each do one thing after another until `isOver`. @returns how many answers of each status */
async function load(
  users: TestUser[],
  next: (user: TestUser, n: number) => ReturnType<typeof use>,
  isOver: () => boolean,
) {
  const statuses = new Map<number, number>();
  const run = async (user: TestUser) => {
    for (let n = 0; !isOver(); n += 1) {
      const { status } = await next(user, n);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(users.map(run));
  return statuses;
}

test('under load, an older worker and an older API beside those of today: nothing fails, every lane keeps its order', async () => {
  await world.workers.start();
  const api = await startOlder('older-api', 'listening');
  const { port } = (await api.said('listening')) as { port: number };
  const client = createClient(`http://127.0.0.1:${port}`, allRoutes(world.config));
  const newUsers = () => Promise.all(Array.from({ length: 6 }, () => world.user({ points: 1000 })));
  const [here, elsewhere] = [await newUsers(), await newUsers()];
  let over = false;
  const loaded = Promise.all([
    load(
      here,
      (user, n) => (n % 3 === 2 ? use(user, 1) : charge(user, 10)),
      () => over,
    ),
    load(
      elsewhere,
      (user) => charge(user, 10, client),
      () => over,
    ),
  ]);
  // Joins while uses are under way, and takes its share of the lanes.
  const worker = await startOlderWorker();
  await until('uses are refused', () => isTaken(503));
  await until('it carries out commands', async () => {
    const owners = await native(world.context.models, 'lanes').distinct('owner');
    return owners.length === 2 && !owners.includes(null as never);
  });
  await worker.end();
  await until('uses are accepted again', () => isTaken(202));
  over = true;
  const [statuses, olderStatuses] = await loaded;
  expect([...statuses.keys()].sort()).toEqual([202, 503]);
  expect([...olderStatuses.keys()]).toEqual([202]);
  for (const counted of [statuses, olderStatuses]) expect(counted.get(202)).toBeGreaterThan(50);

  await until('everything is final', async () => (await commands().countDocuments({ status: 'accepted' })) === 0);
  // An older API shows what it would not accept.
  const [ann] = here as [TestUser];
  const { body } = await use(ann, 1);
  await until('it is done', async () => (await statusOf(body.id)) === 'done');
  const shown = await fetch(`http://127.0.0.1:${port}/v1/jobs/${body.id}`, {
    headers: { Authorization: `Bearer ${ann.token}`, Connection: 'close' },
  });
  expect([shown.status, await shown.json()]).toEqual([
    200,
    expect.objectContaining({ kind: 'points.use', status: 'done' }),
  ]);
  client.close();
  await expectInOrder(elsewhere);
}, 120_000);
