import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { portFor } from './free-port';
import { launch, type Store } from './launch';
import { becomePrimary, replicaSet } from './replica-set';

interface MongodOptions {
  binary: string;
  /** Holds the data, the log and the port number; the same folder again is the same data again. */
  folder: string;
  port?: number;
  /** Gigabytes of memory for data; 0.25 is the least. */
  cacheGb?: number;
  /** The database that the URI names. */
  database?: string;
}

const parameters = {
  // The second wall behind killSessions: a frozen worker's transaction must not lock seats for a minute.
  transactionLifetimeLimitSeconds: 20,
  // The only node has nobody to hand over to, so it need not wait for clients when it stops.
  shutdownTimeoutMillisForSignaledShutdown: 100,
  diagnosticDataCollectionEnabled: false,
};

/** What every embedded mongod is started with, also the one of the tests. */
export const mongodParameters = Object.entries(parameters).flatMap(([name, value]) => [
  '--setParameter',
  `${name}=${value}`,
]);

/** Starts mongod as a replica set of one node, since transactions need one, and waits until it takes writes. */
export async function startMongod(options: MongodOptions): Promise<Store> {
  const { binary, folder, cacheGb = 1, database = 'frontrow' } = options;
  const port = await portFor(folder, options.port);
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  const place = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const args = ['--replSet', replicaSet, ...place, '--wiredTigerCacheSizeGB', String(cacheGb), ...mongodParameters];
  const host = `127.0.0.1:${port}`;
  const ready = () => isReady(host);
  const running = await launch({ name: 'mongod', command: binary, args, folder, stopMs: 20_000, ready });
  return { ...running, port, uri: `mongodb://${host}/${database}?replicaSet=${replicaSet}` };
}

/** A new client each time, since one that could not connect stays closed. */
async function isReady(host: string): Promise<boolean> {
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: 100 });
  return becomePrimary(client, host).finally(() => client.close());
}
