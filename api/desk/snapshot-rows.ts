import type { AbstractCursor, ClientSession } from 'mongodb';
import type { Connection } from 'mongoose';
import { type Context, maxReadMs } from '../../shared/context';
import { inTime } from '../../shared/platform/write-deadline';

/** Documents that are read, looked up and written together: all that a file keeps in memory. */
const batchSize = 500;
/** ms. A store that is silent for longer ends the file. */
const silentMs = 10_000;

interface Rows<D> {
  next(): Promise<D | null>;
  close(): Promise<void>;
  /** The driver's. */
  cursor: Pick<AbstractCursor, 'id' | 'namespace'>;
}

/** As much of a query of Mongoose as is needed of it, whatever it finds. */
interface Find<D> {
  session(session: ClientSession): this;
  readConcern(level: 'snapshot'): this;
  lean(): { cursor(options: object): Rows<D>; exec(): Promise<D[]> };
}

/** Reads beside the rows, of the same moment. */
export type Look = <D>(find: unknown) => Promise<D[]>;

/**
 * Makes a file of documents of one moment, some at a time: the next ones are read when the client has taken those before. Whoever
 * leaves early ends cursor and session; a snapshot that has become too old, after five minutes, or a store that is away, throws.
 * @param find the documents, by models
 * @param lines of some documents; the first call makes the head, too
 */
export async function* snapshotRows<D>(
  { reads }: Pick<Context, 'reads'>,
  find: unknown,
  lines: (documents: D[], look: Look, isFirst: boolean) => Promise<string>,
): AsyncGenerator<string> {
  const session = await reads.startSession({ snapshot: true });
  const inSnapshot = <T>(query: unknown) => (query as Find<T>).session(session).readConcern('snapshot').lean();
  const look: Look = <T>(query: unknown) => inSnapshot<T>(query).exec();
  const cursor = inSnapshot<D>(find).cursor({ batchSize, maxTimeMS: maxReadMs });
  try {
    for (let isFirst = true; ; isFirst = false) {
      const documents = await inTime(readBatch(cursor), silentMs);
      if (documents.length > 0 || isFirst) yield await inTime(lines(documents, look, isFirst), silentMs);
      if (documents.length < batchSize) return;
    }
  } finally {
    await inTime(end(cursor, reads), silentMs).finally(() => session.endSession());
  }
}

/**
 * The driver would leave a cursor of a snapshot open for ten minutes: it sends `killCursors` with the read concern of the session,
 * which MongoDB refuses, and hides that.
 */
async function end(rows: Rows<unknown>, reads: Connection): Promise<void> {
  const { id, namespace } = rows.cursor;
  if (id && !id.isZero()) await reads.db?.command({ killCursors: namespace.collection, cursors: [id] });
  await rows.close();
}

async function readBatch<D>(cursor: Rows<D>): Promise<D[]> {
  const documents: D[] = [];
  while (documents.length < batchSize) {
    const document = await cursor.next();
    if (document === null) break;
    documents.push(document);
  }
  return documents;
}
