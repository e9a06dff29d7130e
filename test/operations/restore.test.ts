import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { native } from '../../shared/models';
import { auditCommand } from '../../tools/operate/audit/audit-command';
import { freePort } from '../../tools/stack/free-port';
import { launch } from '../../tools/stack/process';
import { databaseUri, openStores, type Stores } from '../../tools/stack/stores';
import { type Member, type MongodSet, startMongodSet } from '../../tools/stack/stores/mongod-set';
import type { Fan, Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

/** docs/guides/backup.md, followed: a copy of a stopped member, and a Redis that knows more than what is restored. */
let folder: string;
let stores: Stores;
let set: MongodSet;
let world: World | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-restore-'));
  stores = await openStores({ name: 'test', log: () => undefined });
  set = await startMongodSet({ binary: stores.mongodBinary, folder: join(folder, 'set'), electionMs: 2000 });
}, 120_000);
afterAll(async () => {
  await world?.close();
  await set?.close();
  await stores?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const start = (workers: boolean) =>
  startWorld({
    settings: {
      MONGODB_URI: databaseUri(set.uri, 'restore'),
      REDIS_URL: stores.redis.uri,
      QUEUE_PREFIX: 'restore',
    },
    ...{ workers, cleanUp: false },
  });
const dataOf = (member: Member) => join(folder, 'set', String(set.members.indexOf(member)), 'data');
const stopMember = (member: Member) => member.process().stop();

/** Stops a secondary, copies its files, and starts it again; the set goes on meanwhile. */
async function backUp(): Promise<void> {
  const primary = await set.primary();
  const member = set.members.find((one) => one !== primary) as Member;
  await stopMember(member);
  await cp(dataOf(member), join(folder, 'backup'), { recursive: true });
  await member.start();
  await set.whole();
}

/** The first member gets the copy, without what it knew of its set; the others get everything from it. */
async function restore(): Promise<void> {
  await Promise.all(set.members.map(stopMember));
  for (const member of set.members) await rm(dataOf(member), { recursive: true });
  const [first, ...others] = set.members as [Member, ...Member[]];
  await cp(join(folder, 'backup'), dataOf(first), { recursive: true });
  const port = await freePort(0);
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const args = ['--dbpath', dataOf(first), '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const ready = () => withClient(uri, (client) => client.db('admin').command({ ping: 1 })).then(() => true);
  const alone = await launch({ name: 'alone', command: stores.mongodBinary, args, folder, stopMs: 20_000, ready });
  await withClient(uri, (client) => client.db('local').dropDatabase());
  await alone.stop();
  for (const member of others) await mkdir(dataOf(member));
  await Promise.all(set.members.map((member) => member.start()));
  const members = set.members.map(({ host }, _id) => ({ _id, host }));
  const settings = { electionTimeoutMillis: 2000 };
  const [, name] = /replicaSet=(\w+)/.exec(set.uri) ?? [];
  await first.ask({ replSetInitiate: { _id: name, members, settings } });
  await set.whole();
}

async function withClient<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1000 });
  return work(client).finally(() => client.close());
}

test('restored to a point before what Redis knows, the product goes on, and the audit is green', async () => {
  const before = await start(true);
  world = before;
  const concert = await before.concert({ seats: 6, room: { maxActive: 20 } });
  const other = await before.concert({ room: { maxActive: 20 } });
  const [one = '', two = '', three = '', four = ''] = concert.seatIds;
  const ann = await before.fan(concert, { points: 5000 });
  const bob = await before.fan(concert, { points: 5000 });
  const kept = await before.hold(ann, concert, [one]);
  await before.pay(ann, kept.holdId);
  await before.hold(bob, concert, [two]);
  await before.workers.stop();
  const charge = (world: World, user: TestUser, key: string) =>
    world.client.command<Job>('post', '/v1/points/charges', {
      token: user.token,
      body: { amount: 7 },
      wait: null,
      key,
    });
  const unfinished = await charge(before, bob, 'before');
  // Waits until every member has all of it.
  await native(before.context.models, 'workers').updateOne(
    { _id: 'nobody' },
    { $set: { leaseUntil: new Date(0) } },
    { writeConcern: { w: 3 } },
  );
  await backUp();

  // What the backup does not have, and Redis knows of: visits, ends of holds, jobs of commands.
  await before.workers.start();
  const carl = await before.fan(concert, { points: 5000 });
  const lost = await before.hold(carl, concert, [three]);
  await before.pay(carl, lost.holdId, 'paid');
  const dora = await before.fan(concert, { points: 5000 });
  await before.hold(dora, concert, [four]);
  const resetRoom = async (world: World, { concertId }: TestConcert) =>
    world.client.send('post', `/v1/admin/concerts/${concertId}/waiting-room/reset`, {
      token: (await world.admin()).token,
      body: { epoch: 1 },
    });
  expect((await resetRoom(before, other)).status).toBe(200);
  await before.fan(other);
  await before.workers.stop();
  await charge(before, carl, 'after');
  // Of what workers have carried out by then some jobs may be left as well.
  await until('its job is in Redis', async () => (await waitingJobs(before)) >= 1);
  await before.close();
  world = undefined;

  await restore();
  const after = await start(true);
  world = after;
  const finished = await until('what was unfinished is carried out', async () => {
    const job = await after.client.send<Job>('get', `/v1/jobs/${unfinished.body.id}`, { token: bob.token });
    return job.body.status === 'done' && job.body;
  });
  expect(finished.result).toMatchObject({ balance: 5007 });
  await until('jobs that name nothing are gone', async () => (await waitingJobs(after)) === 0);

  // What came after the backup has not happened, whatever Redis remembers of it: the same keys are new commands.
  expect((await after.client.send('get', `/v1/holds/${lost.holdId}`, { token: carl.token })).status).toBe(404);
  expect((await after.client.send('get', '/v1/points', { token: carl.token })).body).toEqual({ balance: 0 });
  const again = await charge(after, carl, 'after');
  expect([again.status, again.headers['idempotency-replayed']]).toEqual([202, undefined]);
  // Dora is still in: her visit is in Redis. Her seat is free, and so is the one that Carl had paid.
  const placed = await after.hold(dora, concert, [three, four]);
  await after.client.command('post', '/v1/points/charges', { token: dora.token, body: { amount: 5000 } });
  expect((await after.pay(dora, placed.holdId)).body.status).toBe('done');
  expect((await after.client.send('get', '/v1/reservations', { token: ann.token })).body).toMatchObject({
    items: [{ seatIds: [one] }],
  });

  // A line that was reset since is ahead of its concert in Redis; another reset brings the two together.
  const join = (fan: Pick<Fan, 'token'>) =>
    after.client.send('post', `/v1/concerts/${other.concertId}/queue-token`, { token: fan.token });
  expect((await join(carl)).status).toBe(503);
  expect((await resetRoom(after, other)).status).toBe(200);
  await until('people join again', async () => (await join(carl)).status === 200);

  await after.workers.stop();
  const lines: string[] = [];
  const { MONGODB_URI, REDIS_URL, QUEUE_PREFIX } = after.config;
  const status = await auditCommand(['--quiet-system'], { MONGODB_URI, REDIS_URL, QUEUE_PREFIX }, (line) =>
    lines.push(line),
  );
  expect([status, status === 0 ? '' : lines.join('\n')]).toEqual([0, '']);
}, 240_000);

/** Jobs in the queues of all lanes, but for ends of holds that are to come. */
async function waitingJobs({ context }: World): Promise<number> {
  const counts = await Promise.all(
    Array.from(context.queues.values(), (queue) => queue.getJobCounts('waiting', 'active')),
  );
  return counts.reduce((sum, { waiting = 0, active = 0 }) => sum + waiting + active, 0);
}
