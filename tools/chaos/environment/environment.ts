import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { bindModels, type Models } from '../../../shared/models';
import { type Config, loadConfig } from '../../../shared/platform/config';
import { openMongo } from '../../../shared/platform/mongo';
import { migrate } from '../../operate/migrate/run-migrations';
import { type NetworkProxy, openProxy } from '../../stack/proxy';
import { runSettings } from '../../stack/settings';
import { databaseUri, type Stores } from '../../stack/stores';
import { type KeptApi, type KeptProcess, keepApi, keepWorker } from './kept-process';

/** API and worker processes of one scenario, on a database and a queue prefix of their own. */
export interface Environment {
  stores: Stores;
  config: Config;
  /** The environment's own connections: never through a proxy. */
  connection: Connection;
  models: Models;
  redis: Redis;
  apis: KeptApi[];
  workers: KeptProcess[];
  links: Links;
  /** What went wrong by itself: each is a violation. */
  unexpected: string[];
  /** Stops the processes; with `keep` the database stays for a look. */
  close(keep: boolean): Promise<void>;
}

export interface EnvironmentOptions {
  apis: number;
  workers: number;
  settings?: Partial<Record<keyof Config, string>>;
  /** Whether the processes reach their stores through `links`. */
  proxied?: boolean;
  /** Another MongoDB than the run's: a URI without a database name. */
  mongodbUri?: string;
}

/** @throws when a process does not become ready; nothing is left running then */
export async function openEnvironment(stores: Stores, options: EnvironmentOptions): Promise<Environment> {
  const name = `chaos_${randomBytes(6).toString('hex')}`;
  const folder = join(stores.folder, name);
  await mkdir(folder);
  const links = await openLinks(stores, options.proxied ?? false);
  const mongodbUri = databaseUri(options.mongodbUri ?? stores.mongod.uri, name);
  const uris = { MONGODB_URI: mongodbUri, REDIS_URL: stores.redis.uri, QUEUE_PREFIX: name };
  // A few people share the whole hall.
  const limits = { MAX_SEATS_PER_USER: '0', MAX_UNPAID_HOLDS: '0', MAX_UNPAID_HOLDS_PER_SEAT: '0' };
  const env = runSettings({ LOG_LEVEL: 'info', ...limits, ...uris, ...options.settings });
  await migrate(mongodbUri);
  const connection = await openMongo(mongodbUri, 'chaos');
  const models = bindModels(connection);
  const redis = new Redis(uris.REDIS_URL, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  const apis: KeptApi[] = [];
  const workers: KeptProcess[] = [];
  const unexpected: string[] = [];

  async function close(keep: boolean): Promise<void> {
    await Promise.all([...apis, ...workers].map((kept) => kept.stop()));
    await links.close();
    if (!keep) await connection.dropDatabase().catch(() => undefined);
    await connection.close();
    redis.disconnect();
  }

  const common = { folder, onUnexpectedEnd: (what: string) => void unexpected.push(what) };
  const envOf = (kind: 'api' | 'worker') => ({ ...env, ...links.uris(kind, name) });
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const started = await Promise.allSettled([
    ...numbers(options.apis).map(
      async (number) => void apis.push(await keepApi(number, { ...common, env: envOf('api') })),
    ),
    ...numbers(options.workers).map(
      async (number) => void workers.push(await keepWorker(number, { ...common, env: envOf('worker') })),
    ),
  ]);
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await close(true);
    throw failed.reason;
  }
  return { ...{ stores, config: loadConfig(env), connection, models, redis, apis, workers, links, unexpected }, close };
}

export type LinkName = 'apiMongo' | 'apiRedis' | 'workerMongo' | 'workerRedis';

/** The network between the processes and the run's stores. */
interface Links {
  /** One proxy for each kind of process and store; none when the processes reach the stores directly. */
  proxies: Partial<Record<LinkName, NetworkProxy>>;
  /** The stores' addresses as a kind of process shall know them. */
  uris(kind: 'api' | 'worker', database: string): Record<string, string>;
  close(): Promise<void>;
}

async function openLinks(stores: Stores, proxied: boolean): Promise<Links> {
  if (!proxied) return { proxies: {}, uris: () => ({}), close: async () => undefined };
  const toMongo = () => openProxy(() => stores.mongod.port);
  const toRedis = () => openProxy(() => stores.redis.port);
  const [apiMongo, workerMongo, apiRedis, workerRedis] = await Promise.all([
    toMongo(),
    toMongo(),
    toRedis(),
    toRedis(),
  ]);
  const proxies = { apiMongo, apiRedis, workerMongo, workerRedis };
  return {
    proxies,
    uris: (kind, database) => ({
      // A direct connection: a replica set would tell the driver its member's own address, past the proxy.
      MONGODB_URI: `mongodb://127.0.0.1:${proxies[`${kind}Mongo`].port}/${database}?directConnection=true`,
      REDIS_URL: `redis://127.0.0.1:${proxies[`${kind}Redis`].port}`,
    }),
    close: async () => void (await Promise.all(Object.values(proxies).map((proxy) => proxy.close()))),
  };
}
