import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { portFor } from '../free-port';
import { launch, type Store } from '../process';

const replicaSet = 'frontrow';

interface MongodOptions {
  binary: string;
  /** Holds the data, the log and the port number; the same folder again is the same data again. */
  folder: string;
  port?: number;
  /** Gigabytes of memory for data; 0.25 is the least. */
  cacheGb?: number;
  /** The database that the URI names. */
  database?: string;
  /** More arguments. */
  args?: string[];
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
  const { binary, folder, cacheGb = 1, database = 'frontrow', args: more = [] } = options;
  const port = await portFor(folder, options.port);
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  const place = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const args = [
    '--replSet',
    replicaSet,
    ...place,
    '--wiredTigerCacheSizeGB',
    String(cacheGb),
    ...mongodParameters,
    ...more,
  ];
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

interface ReplicaSetConfig {
  _id: string;
  version: number;
  members: { _id: number; host: string }[];
}

/**
 * One step towards a primary: initiates a new set, and tells an old one its new address (a data folder started on
 * another port does not find itself in its own configuration). Safe to repeat.
 * @returns whether the node takes writes now
 */
async function becomePrimary(client: MongoClient, host: string): Promise<boolean> {
  const admin = client.db('admin');
  const hello = await admin.command({ hello: 1 });
  if (hello.isWritablePrimary) return true;
  const config = await client.db('local').collection<ReplicaSetConfig>('system.replset').findOne();
  if (!config) {
    await admin.command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } });
  } else if (config.members[0]?.host !== host) {
    const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
  return false;
}
