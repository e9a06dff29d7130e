import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { bindModels, ensureIndexes, type Models } from '../../../shared/models';
import type { Config } from '../../../shared/platform/config';
import { loadConfig } from '../../../shared/platform/config';
import { openMongo } from '../../../shared/platform/mongo';
import { freePort } from '../../stack/stores/free-port';
import { hasLogged, type KeptProcess, keepProcess, type ProcessOptions } from './kept-process';
import { type Links, openLinks } from './links';
import { type Settings, settingsOf } from './settings';
import type { Stores } from './stores';

/** API and worker processes of one scenario, on a database and a queue prefix of their own. */
export interface Lab {
  stores: Stores;
  config: Config;
  /** The lab's own connections: never through a proxy. */
  connection: Connection;
  models: Models;
  redis: Redis;
  apis: Api[];
  workers: KeptProcess[];
  links: Links;
  /** What went wrong by itself: each is a violation. */
  surprises: string[];
  /** Stops the processes; with `keep` the database stays for a look. */
  close(keep: boolean): Promise<void>;
}

export interface Api extends KeptProcess {
  /** `http://127.0.0.1:…` */
  url: string;
}

export interface LabOptions {
  apis: number;
  workers: number;
  settings?: Settings;
  /** Whether the processes reach their stores through `links`. */
  proxied?: boolean;
  /** Another MongoDB than the run's: a URI without a database name. */
  mongodbUri?: string;
}

/** @throws when a process does not become ready; nothing is left running then */
export async function openLab(stores: Stores, options: LabOptions): Promise<Lab> {
  const name = `chaos_${randomBytes(6).toString('hex')}`;
  const folder = join(stores.folder, name);
  await mkdir(folder);
  const links = await openLinks(stores, options.proxied ?? false);
  const mongodbUri = withDatabase(options.mongodbUri ?? stores.mongod.uri, name);
  const uris = { MONGODB_URI: mongodbUri, REDIS_URL: stores.redis().uri, QUEUE_PREFIX: name };
  const env = settingsOf({ ...uris, ...options.settings });
  const connection = await openMongo(mongodbUri, 'chaos');
  const models = bindModels(connection);
  await ensureIndexes(models);
  const redis = new Redis(uris.REDIS_URL, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const apis: Api[] = [];
  const workers: KeptProcess[] = [];
  const surprises: string[] = [];

  async function close(keep: boolean): Promise<void> {
    await Promise.all([...apis, ...workers].map((kept) => kept.stop()));
    await links.close();
    if (!keep) await connection.dropDatabase().catch(() => undefined);
    await connection.close();
    redis.disconnect();
  }

  const common = { folder, onSurprise: (what: string) => void surprises.push(what) };
  const envOf = (kind: 'api' | 'worker') => ({ ...env, ...links.uris(kind, name) });
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const started = await Promise.allSettled([
    ...numbers(options.apis).map(async (number) => void apis.push(await keepApi(number, envOf('api'), common))),
    ...numbers(options.workers).map(
      async (number) => void workers.push(await keepWorker(number, envOf('worker'), common)),
    ),
  ]);
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await close(true);
    throw failed.reason;
  }
  return { ...{ stores, config: loadConfig(env), connection, models, redis, apis, workers, links, surprises }, close };
}

type Common = Pick<ProcessOptions, 'folder' | 'onSurprise'>;

async function keepApi(number: number, env: NodeJS.ProcessEnv, common: Common): Promise<Api> {
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const ready = async () => (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  const own = { ...env, PORT: String(port) };
  const kept = await keepProcess({ ...common, name: `api-${number}`, entry: 'api/server.js', env: own, ready });
  return { ...kept, url };
}

function keepWorker(number: number, env: NodeJS.ProcessEnv, common: Common): Promise<KeptProcess> {
  const ready = (log: string) => hasLogged(log, 'carrying out commands');
  return keepProcess({ ...common, name: `worker-${number}`, entry: 'workers/main.js', env, ready });
}

/** Several hosts are no URL for the standard parser. */
function withDatabase(uri: string, name: string): string {
  return uri.replace(/^(mongodb:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);
}
