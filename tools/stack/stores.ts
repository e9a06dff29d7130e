import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { findMongod } from './stores/find-mongod';
import { findRedisServer } from './stores/find-redis-server';
import { mongodParameters } from './stores/mongod';
import { startRedisServer } from './stores/redis-server';

/** A real mongod (one-node replica set) and a real redis-server with empty data. */
export interface TestStores {
  mongodbUri: string;
  redisUrl: string;
  /** Process ids of the stores themselves. */
  pids: number[];
  stop(): Promise<void>;
}

/** @param mongodArgs more arguments for mongod */
export async function startTestStores(say: (line: string) => void, mongodArgs: string[] = []): Promise<TestStores> {
  const [mongod, redisServer] = await Promise.all([findMongod(process.env, say), findRedisServer(process.env, say)]);
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-test-'));
  const dbPath = join(folder, 'mongod');
  await mkdir(dbPath);
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const args = [...mongodParameters, '--wiredTigerCacheSizeGB', '0.5', '--nounixsocket', ...mongodArgs];
  const mongo = new MongoMemoryReplSet({
    binary: { systemBinary: mongod.path, version: mongod.version },
    replSet: { count: 1, storageEngine: 'wiredTiger' },
    instanceOpts: [{ dbPath, args }],
  });
  const [redis] = await Promise.all([
    startRedisServer({ binary: redisServer.path, folder: join(folder, 'redis') }),
    mongo.start(),
  ]);
  const mongodPid = mongo.servers[0]?.instanceInfo?.instance.mongodProcess?.pid;
  return {
    mongodbUri: mongo.getUri(),
    redisUrl: redis.uri,
    pids: [mongodPid, redis.process.pid].filter((pid) => pid !== undefined),
    async stop() {
      await Promise.all([mongo.stop({ doCleanup: false }), redis.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
