import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log, Store } from './process';
import { findMongod, findRedisServer } from './stores/find-store';
import { startMongod } from './stores/mongod';
import { type MongodSet, startMongodSet } from './stores/mongod-set';
import { type RedisCluster, startRedisCluster } from './stores/redis-cluster';
import { startRedisServer } from './stores/redis-server';

/** A real mongod (a replica set of one) and a real redis-server with empty data in a temporary folder. */
export interface Stores {
  folder: string;
  /** Of mongod, for sets of them. */
  mongodBinary: string;
  mongod: Store;
  redis: Store;
  /** Starts a Redis that was stopped again where it was, with the data it had. */
  startRedis(): Promise<void>;
  /** @param keep leaves the data and the logs for a look */
  close(keep?: boolean): Promise<void>;
}

interface StoreOptions {
  /** Of the temporary folder. */
  name: string;
  log: Log;
  /** See `startMongod`. */
  cacheGb?: number;
  mongodArgs?: string[];
}

export async function openStores({ name, log, cacheGb = 0.5, mongodArgs }: StoreOptions): Promise<Stores> {
  const [mongodFile, redisFile] = await findBoth(log);
  const folder = await mkdtemp(join(tmpdir(), `frontrow-${name}-`));
  log(`mongod ${mongodFile.version}, redis-server ${redisFile.version}, data and logs in ${folder}`);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Also when the run is ended before its stores are up.
  process.once('exit', remove);
  const redisFolder = join(folder, 'redis');
  const [mongod, redis] = await bothOrNone(
    startMongod({ binary: mongodFile.path, folder: join(folder, 'mongod'), cacheGb, args: mongodArgs }),
    startRedisServer({ binary: redisFile.path, folder: redisFolder }),
    (store) => store.stop('SIGKILL'),
  );
  const stores: Stores = {
    ...{ folder, mongodBinary: mongodFile.path, mongod, redis },
    async startRedis() {
      const { port } = stores.redis;
      stores.redis = await startRedisServer({ binary: redisFile.path, folder: redisFolder, port });
    },
    async close(keep = false) {
      process.off('exit', remove);
      await Promise.all([stores.mongod.stop(), stores.redis.stop()]);
      if (!keep) await rm(folder, { recursive: true, force: true });
    },
  };
  return stores;
}

/** Three mongods and six redis-servers, on empty folders. */
export interface ClusterStores {
  mongods: MongodSet;
  cluster: RedisCluster;
  close(): Promise<void>;
}

/** @param silentMs how long a silent primary stays the primary, of each kind */
export async function openClusterStores(log: Log, silentMs: { mongod: number; redis: number }): Promise<ClusterStores> {
  const [mongodFile, redisFile] = await findBoth(log);
  log(`mongod ${mongodFile.version} three times, redis-server ${redisFile.version} six times`);
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-cluster-'));
  const [mongods, cluster] = await bothOrNone(
    startMongodSet({ binary: mongodFile.path, folder: join(folder, 'mongod'), electionMs: silentMs.mongod }),
    startRedisCluster(redisFile.path, join(folder, 'redis'), silentMs.redis),
    (stores) => stores.close(),
  );
  return {
    mongods,
    cluster,
    async close() {
      await Promise.all([mongods.close(), cluster.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The URI of a database of this name. Several hosts are no URL for the standard parser. */
export function databaseUri(uri: string, name: string): string {
  return uri.replace(/^(mongodb:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);
}

function findBoth(log: Log) {
  return Promise.all([findMongod(process.env, log), findRedisServer(process.env, log)]);
}

/** Side by side; when one fails, the other one is ended. */
async function bothOrNone<A, B>(one: Promise<A>, other: Promise<B>, end: (started: A | B) => unknown): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value];
  for (const started of [first, second]) if (started.status === 'fulfilled') await end(started.value);
  throw first.status === 'rejected' ? first.reason : (second as PromiseRejectedResult).reason;
}
