import { openOperationsServer } from '../../shared/health/operations-server';
import { createReadiness } from '../../shared/health/readiness';
import { native } from '../../shared/models';
import { openStores, type Stores } from '../../tools/stack/stores';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let stores: Stores;
let world: World;
let operations: string;

beforeAll(async () => {
  stores = await openStores({ name: 'test', log: () => undefined });
  const mongo = new URL(stores.mongod.uri);
  mongo.pathname = '/readiness';
  const settings = { MONGODB_URI: mongo.href, REDIS_URL: stores.redis.uri };
  world = await startWorld({ settings, workers: false, cleanUp: false });
  operations = `http://127.0.0.1:${await openOperationsServer(world.context, world.context.readiness, 0)}`;
}, 60_000);
afterAll(async () => {
  signal('mongod', 'SIGCONT');
  await world?.close();
  await stores?.close();
}, 60_000);

function signal(store: 'mongod' | 'redis', name: NodeJS.Signals): void {
  const pid = stores?.[store].process.pid;
  if (pid) process.kill(pid, name);
}

interface Answer {
  status: number;
  body: { status: string; missing?: Record<string, string> };
}

async function ask(path: string): Promise<Answer> {
  const response = await fetch(`${operations}${path}`, { headers: { Connection: 'close' } });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const missing = (name: string) =>
  until(`${name} is missing`, async () => {
    const { status, body } = await ask('/readyz');
    return status === 503 && body.missing?.[name];
  });
const readyAgain = () => until('ready', async () => (await ask('/readyz')).status === 200);

test('a process with everything at hand is ready, on both ports', async () => {
  expect(await ask('/readyz')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await ask('/livez')).toEqual({ status: 200, body: { status: 'ok' } });
  expect((await world.client.send('get', '/readyz')).body).toEqual({ status: 'ok' });
  expect((await world.client.send('get', '/livez')).body).toEqual({ status: 'ok' });
  expect((await ask('/anything-else')).status).toBe(404);
});

test('an index that is gone is named', async () => {
  await native(world.context.models, 'commands').dropIndex('status_1__id_-1');
  expect(await createReadiness(world.context)()).toEqual({
    indexes: 'commands {"status":1,"_id":-1} where {"status":"failed"}',
  });
  await world.context.models.commands.createIndexes();
  expect(await createReadiness(world.context)()).toEqual({});
});

test('an index that refuses less, or leaves out more, than it is meant to is named', async () => {
  const [payments, holds] = [native(world.context.models, 'payments'), native(world.context.models, 'holds')];
  await payments.dropIndex('holdId_1');
  await payments.createIndex({ holdId: 1 });
  await holds.dropIndex('seatIds_1');
  await holds.createIndex({ seatIds: 1 }, { unique: true, partialFilterExpression: { status: 'paid' } });
  expect(await createReadiness(world.context)()).toEqual({
    indexes: 'holds unique {"seatIds":1} where {"status":"held"}, payments unique {"holdId":1}',
  });
  await Promise.all([payments.dropIndex('holdId_1'), holds.dropIndex('seatIds_1')]);
  await Promise.all([world.context.models.payments.createIndexes(), world.context.models.holds.createIndexes()]);
  expect(await createReadiness(world.context)()).toEqual({});
});

test('a Redis that may throw keys away makes the process not ready', async () => {
  await world.context.redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
  expect(await missing('redis')).toBe('maxmemory-policy is allkeys-lru, not noeviction');
  await world.context.redis.config('SET', 'maxmemory-policy', 'noeviction');
  await readyAgain();
});

test('a process that is to end is not ready at once, and says so on the public port too', async () => {
  world.context.lifecycle.stopping = true;
  expect((await ask('/readyz')).body).toEqual({ status: 'not ready', missing: { process: 'stopping' } });
  const { status, body, headers } = await world.client.send('get', '/readyz');
  expect([status, body.missing, headers.connection]).toEqual([503, { process: 'stopping' }, 'close']);
  world.context.lifecycle.stopping = false;
  await readyAgain();
});

test('a silent MongoDB and a lost Redis are named within seconds, and the process stays alive', async () => {
  signal('mongod', 'SIGSTOP');
  expect(await missing('mongodb')).toBe('no answer in 1000 ms');
  signal('mongod', 'SIGCONT');
  await readyAgain();
  signal('redis', 'SIGKILL');
  expect(await missing('redis')).toMatch(/\w/);
  expect((await ask('/livez')).status).toBe(200);
  expect((await world.client.send('get', '/livez')).status).toBe(200);
});
