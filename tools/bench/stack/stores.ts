import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongod } from '../../stack/stores/find-mongod';
import { findRedisServer } from '../../stack/stores/find-redis-server';
import type { Store } from '../../stack/stores/launch';
import { startMongod } from '../../stack/stores/mongod';
import { startRedisServer } from '../../stack/stores/redis-server';

export interface BenchStores {
  mongod: Store;
  redis: Store;
  stop(): Promise<void>;
}

/** Stores of the run's own, with durability as in `npm start`, on empty folders. */
export async function startStores(): Promise<BenchStores> {
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-bench-'));
  // Also when the run is ended before its stores are up.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const say = (line: string) => console.error(`  ${line}`);
  const mongod = await startMongod({ binary: (await findMongod({}, say)).path, folder: join(folder, 'mongod') });
  const redis = await startRedisServer({
    binary: (await findRedisServer({}, say)).path,
    folder: join(folder, 'redis'),
  });
  return {
    mongod,
    redis,
    async stop() {
      await Promise.all([mongod.stop(), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
