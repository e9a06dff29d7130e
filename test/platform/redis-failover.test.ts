import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../shared/platform/logger';
import { openRedis, type RedisClient } from '../../shared/platform/redis';
import type { Store } from '../../tools/stack/process';
import { type NetworkProxy, openProxy } from '../../tools/stack/proxy';
import { findRedisServer } from '../../tools/stack/stores/find-store';
import { startRedisServer } from '../../tools/stack/stores/redis-server';
import { until } from '../helpers/until';

const logger = createLogger('test', 'silent');
let folder: string;
let stores: [Store, Store];
let primary: Store;
let address: NetworkProxy;
const open: RedisClient[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-failover-'));
  const { path } = await findRedisServer(process.env, () => undefined);
  const start = (name: string) => startRedisServer({ binary: path, folder: join(folder, name) });
  stores = await Promise.all([start('one'), start('two')]);
  [primary] = stores;
  address = await openProxy(() => primary.port);
});
afterAll(async () => {
  for (const redis of open) redis.disconnect();
  await address?.close();
  await Promise.all((stores ?? []).map((store) => store.stop('SIGKILL')));
  await rm(folder, { recursive: true, force: true });
});

test('after a fail-over behind one address writes go to the new primary, though no connection was closed', async () => {
  const url = `redis://127.0.0.1:${address.port}`;
  const [failFast, patient] = [await openRedis(url, 'fail-fast', logger), await openRedis(url, 'patient', logger)];
  open.push(failFast, patient);
  await failFast.set('key', 'before');
  const [old, next] = stores;
  primary = next;
  const admin = await openRedis(old.uri, 'fail-fast', logger);
  open.push(admin);
  await admin.replicaof('127.0.0.1', next.port);
  const writes = async (redis: RedisClient, how: 'call' | 'script') => {
    const done =
      how === 'call' ? redis.set('key', 'after') : redis.eval("return redis.call('set', KEYS[1], 'after')", 1, 'key');
    return done.then(
      () => true,
      () => false,
    );
  };
  await until('a script writes', () => writes(failFast, 'script'));
  await until('a patient connection writes', () => writes(patient, 'call'));
  const check = await openRedis(next.uri, 'fail-fast', logger);
  open.push(check);
  expect(await check.get('key')).toBe('after');
});
