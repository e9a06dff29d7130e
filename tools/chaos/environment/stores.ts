import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongod } from '../../stack/stores/find-mongod';
import { findRedisServer } from '../../stack/stores/find-redis-server';
import type { Say } from '../../stack/stores/ladder';
import type { Store } from '../../stack/stores/launch';
import { startMongod } from '../../stack/stores/mongod';
import { startRedisServer } from '../../stack/stores/redis-server';
import { type MongodSet, startMongodSet } from './mongod-set';

/** Real stores of a run, with empty data in a temporary folder. Scenarios use them one after another. */
export interface Stores {
  folder: string;
  mongod: Store;
  redis(): Store;
  /** Ends Redis; with SIGKILL it loses at most its last second. */
  stopRedis(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again where it was, with the data it had. */
  startRedis(): Promise<void>;
  /** Three mongods of their own, for one scenario. */
  startSet(electionMs: number): Promise<MongodSet>;
  /** @param keep leaves the data and the logs for a look */
  close(keep: boolean): Promise<void>;
}

export async function openStores(say: Say): Promise<Stores> {
  const [mongodFile, redisFile] = await Promise.all([findMongod(process.env, say), findRedisServer(process.env, say)]);
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-chaos-'));
  say(`mongod ${mongodFile.version}, redis-server ${redisFile.version}, data and logs in ${folder}`);
  const redisFolder = join(folder, 'redis');
  const [mongod, firstRedis] = await Promise.all([
    startMongod({ binary: mongodFile.path, folder: join(folder, 'mongod'), cacheGb: 0.5 }),
    startRedisServer({ binary: redisFile.path, folder: redisFolder }),
  ]);
  let redis = firstRedis;
  return {
    folder,
    mongod,
    redis: () => redis,
    stopRedis: (signal) => redis.stop(signal),
    async startRedis() {
      redis = await startRedisServer({ binary: redisFile.path, folder: redisFolder, port: redis.port });
    },
    startSet: (electionMs) =>
      startMongodSet({
        binary: mongodFile.path,
        folder: join(folder, `set-${randomBytes(3).toString('hex')}`),
        electionMs,
      }),
    async close(keep) {
      await Promise.all([mongod.stop(), redis.stop()]);
      if (!keep) await rm(folder, { recursive: true, force: true });
    },
  };
}
