import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MongodSet, startMongodSet } from '../../chaos/lab/mongod-set';
import { findMongod } from '../../stack/stores/find-mongod';
import { findRedisServer } from '../../stack/stores/find-redis-server';
import { type RedisCluster, startRedisCluster } from './redis-cluster';

/** Three mongods and six redis-servers, on empty folders. */
export interface ScaleStores {
  mongods: MongodSet;
  cluster: RedisCluster;
  close(): Promise<void>;
}

export async function openScaleStores(): Promise<ScaleStores> {
  const say = (line: string) => console.error(`  ${line}`);
  const [mongod, redis] = await Promise.all([findMongod(process.env, say), findRedisServer(process.env, say)]);
  say(`mongod ${mongod.version} three times, redis-server ${redis.version} six times`);
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-scale-'));
  const [mongods, cluster] = await Promise.all([
    // The defaults of both: a machine as busy as this one makes would look like one that is down.
    startMongodSet({ binary: mongod.path, folder: join(folder, 'mongod'), electionMs: 10_000 }),
    startRedisCluster(redis.path, join(folder, 'redis'), 15_000),
  ]);
  return {
    mongods,
    cluster,
    async close() {
      await Promise.all([mongods.close(), cluster.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
