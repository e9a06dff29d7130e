import type { Stores } from '../../stack/stores';
import { type NetworkProxy, openProxy } from './proxy';

export type LinkName = 'apiMongo' | 'apiRedis' | 'workerMongo' | 'workerRedis';

/** The network between the processes and the run's stores. */
export interface Links {
  /** One proxy for each kind of process and store; none when the processes reach the stores directly. */
  proxies: Partial<Record<LinkName, NetworkProxy>>;
  /** The stores' addresses as a kind of process shall know them. */
  uris(kind: 'api' | 'worker', database: string): Record<string, string>;
  close(): Promise<void>;
}

export async function openLinks(stores: Stores, proxied: boolean): Promise<Links> {
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
