import mongoose, { type Connection } from 'mongoose';
import type { Clock } from './clock';

/**
 * Opens one pool to MongoDB. A request waits at most two seconds for a primary, then fails, so that the API can say 503.
 * @param monitorCommands whether the driver tells of each command that it sends, as tracing needs
 * @throws when no primary answers
 */
export async function openMongo(
  uri: string,
  appName: string,
  maxPoolSize = 50,
  monitorCommands = false,
): Promise<Connection> {
  return mongoose
    .createConnection(uri, {
      appName,
      maxPoolSize,
      monitorCommands,
      serverSelectionTimeoutMS: 2000,
      connectTimeoutMS: 2000,
      waitQueueTimeoutMS: 5000,
      socketTimeoutMS: 30_000,
      retryWrites: true,
      writeConcern: { w: 'majority' },
      bufferCommands: false,
      autoIndex: false,
      autoCreate: false,
    })
    .asPromise();
}

/** Sets `clock.skewMs` from the database's own time, good to half a round trip. */
export async function syncClock(connection: Connection, clock: Clock): Promise<void> {
  const before = Date.now();
  const hello = await connection.db?.admin().command({ hello: 1 });
  const after = Date.now();
  if (hello?.localTime instanceof Date) clock.skewMs = Math.round(hello.localTime.getTime() - (before + after) / 2);
}
