import mongoose, { type Connection } from 'mongoose';
import type { Clock } from './clock';
import { explainMongo } from './explain-mongo';
import { StoreError } from './explain-store';

/**
 * Opens one pool to MongoDB. A request waits at most two seconds for a primary, then fails, so that the API can answer 503.
 * @param monitorCommands whether the driver emits an event for each command that it sends, as tracing needs
 * @param socketTimeoutMS 0 for statements that may take any time
 * @throws StoreError when no primary answers, or there are no transactions
 */
export async function openMongo(
  uri: string,
  appName: string,
  maxPoolSize = 50,
  monitorCommands = false,
  socketTimeoutMS = 30_000,
): Promise<Connection> {
  const connection = mongoose.createConnection();
  try {
    await connection.openUri(uri, {
      appName,
      maxPoolSize,
      monitorCommands,
      serverSelectionTimeoutMS: 2000,
      connectTimeoutMS: 2000,
      waitQueueTimeoutMS: 5000,
      socketTimeoutMS,
      retryWrites: true,
      // Each by its own name: else the same in the address, copied from elsewhere, would go before it.
      w: 'majority',
      journal: true,
      readPreference: 'primary',
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
    });
  } catch (error) {
    await connection.close(true).catch(() => undefined);
    throw new StoreError('MONGODB_URI', uri, explainMongo(error), error);
  }
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.setName !== undefined || hello?.msg === 'isdbgrid') return connection;
  await connection.close(true);
  throw new StoreError('MONGODB_URI', uri, standalone);
}

const standalone =
  'it is a mongod without a replica set, which has no transactions. Start it with --replSet and run rs.initiate(); one node is enough';

/**
 * Brings `clock.skewMs` into the bounds that one reading of the database's time gives: they are a round trip apart. Within
 * them it stays as it was, so that slow readings of a busy process move nothing, and the quickest one so far counts.
 */
export async function syncClock(connection: Connection, clock: Clock): Promise<void> {
  const before = Date.now();
  const hello = await connection.db?.admin().command({ hello: 1 });
  const after = Date.now();
  if (!(hello?.localTime instanceof Date)) return;
  const [min, max] = [hello.localTime.getTime() - after, hello.localTime.getTime() - before];
  clock.skewMs = Math.min(Math.max(clock.skewMs, min), max);
}
