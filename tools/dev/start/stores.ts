import { MongoClient } from 'mongodb';
import { createLogger } from '../../../shared/platform/logger';
import { openRedis } from '../../../shared/platform/redis';
import type { Store } from '../../stack/process';
import { findMongod, findRedisServer } from '../../stack/stores/find-store';
import { startMongod } from '../../stack/stores/mongod';
import { startRedisServer } from '../../stack/stores/redis-server';
import { type Supervision, supervise } from '../../stack/supervise';

/** A store to use, and how to stop it: one of ours is stopped, one that was given stays. */
interface OpenStore {
  uri: string;
  stop(): Promise<void>;
}

const answerMs = 5000;

/** The replica set of MONGODB_URI, else a mongod with its data in `folder`. */
export async function openMongod(env: NodeJS.ProcessEnv, folder: string, supervision: Supervision): Promise<OpenStore> {
  const { log } = supervision;
  if (env.MONGODB_URI) return given('MONGODB_URI', env.MONGODB_URI, pingMongo);
  const { path, version } = await findMongod(env, log);
  log(`starting mongod ${version} (${path})`);
  return embedded('mongod', (port) => startMongod({ binary: path, folder, port }), supervision);
}

/** The Redis of REDIS_URL, else a redis-server with its data in `folder`. */
export async function openRedisServer(
  env: NodeJS.ProcessEnv,
  folder: string,
  supervision: Supervision,
): Promise<OpenStore> {
  const { log } = supervision;
  if (env.REDIS_URL) return given('REDIS_URL', env.REDIS_URL, pingRedis);
  const { path, version } = await findRedisServer(env, log);
  log(`starting redis-server ${version} (${path})`);
  return embedded('redis-server', (port) => startRedisServer({ binary: path, folder, port }), supervision);
}

/** Started again on the port it had, since others know that one. */
async function embedded(
  name: string,
  start: (port?: number) => Promise<Store>,
  supervision: Supervision,
): Promise<OpenStore> {
  let port: number | undefined;
  const { first, stop } = await supervise(
    name,
    async () => {
      const store = await start(port);
      port = store.port;
      return store;
    },
    supervision,
  );
  return { uri: first.uri, stop };
}

async function given(variable: string, uri: string, ping: (uri: string) => Promise<unknown>): Promise<OpenStore> {
  await ping(uri).catch((error: Error) => {
    throw new Error(`The store of ${variable} does not answer (${error.message}). Correct ${variable}, or unset it.`);
  });
  return { uri, stop: async () => undefined };
}

async function pingMongo(uri: string): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: answerMs });
  try {
    const { setName, msg } = await client.db('admin').command({ hello: 1 });
    if (!setName && msg !== 'isdbgrid') throw new Error('it is not a replica set, and transactions need one');
  } finally {
    await client.close();
  }
}

async function pingRedis(url: string): Promise<void> {
  const redis = await openRedis(url, 'fail-fast', createLogger('start', 'silent'));
  await redis.ping().finally(() => redis.disconnect());
}
