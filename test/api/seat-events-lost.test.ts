import { openStores, type Stores } from '../../tools/stack/stores';
import { type Heard, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let stores: Stores;
let world: World;
let heard: Heard | undefined;
beforeAll(async () => {
  stores = await openStores({ name: 'test', log: () => undefined });
  const mongo = new URL(stores.mongod.uri);
  mongo.pathname = '/lost';
  const settings = { MONGODB_URI: mongo.href, REDIS_URL: stores.redis.uri, STREAM_CHECK_MS: '300', SWEEP_MS: '100' };
  world = await startWorld({ settings, cleanUp: false });
}, 60_000);
afterAll(async () => {
  signalRedis('SIGCONT');
  heard?.close();
  await world?.close();
  await stores?.close();
}, 60_000);

function signalRedis(name: NodeJS.Signals): void {
  const pid = stores?.redis.process.pid;
  if (pid) process.kill(pid, name);
}

interface Change {
  id: string;
  status: string;
}

test('looking for what was not told of reads what seats are, not the whole hall', async () => {
  const { performanceId, seatIds } = await world.concert({ seats: 20 });
  const { models, connection } = world.context;
  heard = await listen(`${world.url}/v1/performances/${performanceId}/seats/events`);
  const stream = heard;
  await until('the map', () => stream.events.length === 1);
  const { db } = connection;
  await db?.command({ profile: 2 });
  await models.seats.updateOne({ _id: seatIds[0] }, { status: 'sold' });
  await until('told all the same', () => stream.received('seats').length === 1);
  await db?.command({ profile: 0 });
  const reads = { ns: `${db?.databaseName}.seats`, op: { $in: ['query', 'command'] } };
  const read = (await db?.collection('system.profile').find(reads).toArray()) ?? [];
  expect(read.length).toBeGreaterThan(0);
  expect(Math.max(...read.map(({ nreturned }) => nreturned))).toBeLessThanOrEqual(3);
  stream.close();
}, 60_000);

test('notices that nobody sent, and those that Redis does not bring, are made up for', async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  const [first = '', second = ''] = concert.seatIds;
  const { holdId } = await world.hold(fan, concert, [first]);
  const stream = await listen(`${world.url}/v1/performances/${concert.performanceId}/seats/events`);
  heard = stream;
  const changes = () => stream.received<{ changes: Change[] }>('seats').flatMap((told) => told.changes);
  await until('the map', () => stream.events.length === 1);
  // As a worker that is killed between commit and publishing leaves it.
  await world.context.models.seats.updateOne({ _id: second }, { status: 'sold' });
  await until('told all the same', () => changes().length === 1);
  signalRedis('SIGSTOP');
  await world.client.command('delete', `/v1/holds/${holdId}`, { token: fan.token, wait: null });
  await until('told without Redis', () => changes().length === 2, 15_000);
  expect(changes()).toEqual([
    { id: second, status: 'sold' },
    { id: first, status: 'available' },
  ]);
}, 60_000);
