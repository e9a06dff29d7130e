import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { portFor } from './free-port';
import { becomePrimary, replicaSet } from './replica-set';
import { launch, type Store } from './store';

export interface MongodOptions {
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
  const client = new MongoClient(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: 500 });
  try {
    const ready = () => becomePrimary(client, host);
    const running = await launch({ name: 'mongod', binary, args, folder, ready });
    return { ...running, port, uri: `mongodb://${host}/${database}?replicaSet=${replicaSet}` };
  } finally {
    await client.close();
  }
}
