import { type ClientSession, type MongoClient, MongoError } from 'mongodb';
import { patience } from './patience';

/**
 * ms. How long a request waits for one write, as long as for a primary that is lost: reads may go on while all writes hang,
 * as under fsyncLock, or on a full disk.
 */
export const writeMs = 2000;

/** MongoDB did not write in time. Whether it will is not known. */
export class LateWrite extends MongoError {
  override get name(): string {
    return 'LateWrite';
  }

  constructor(ms: number) {
    super(`not written within ${ms} ms`);
  }
}

/**
 * The same write, waited for no longer than that. The driver has no such deadline (its `timeoutMS` has no effect); the server
 * keeps `maxTimeMS`, except while it hangs, so both are used.
 * @throws LateWrite
 */
export async function inTime<T>(write: Promise<T>, ms = writeMs): Promise<T> {
  const { over, stop } = patience(ms);
  const late = over.then(() => {
    throw new LateWrite(ms);
  });
  try {
    return await Promise.race([write, late]);
  } finally {
    stop();
  }
}

/**
 * Runs a transaction, and begins it anew no more once it is late.
 * @param work may run several times
 * @throws LateWrite, and what `work` throws
 */
export function transactionInTime<T>(
  client: MongoClient,
  work: (session: ClientSession) => Promise<T>,
  ms = writeMs,
): Promise<T> {
  const deadline = performance.now() + ms;
  const attempt = (session: ClientSession) => {
    if (performance.now() > deadline) throw new LateWrite(ms);
    return work(session);
  };
  const run = (session: ClientSession) => session.withTransaction(() => attempt(session), { maxCommitTimeMS: ms });
  return inTime(client.withSession(run), ms);
}
