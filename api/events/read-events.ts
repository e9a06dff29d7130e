import {
  type ChangeStreamDocument,
  type ChangeStreamInsertDocument,
  type ChangeStreamUpdateDocument,
  type Db,
  MongoServerError,
} from 'mongodb';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { Problem } from '../../shared/platform/errors';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import type { AdmissionDoc } from '../../shared/waiting-room/admission.model';
import { problemOf } from '../http/error-handler';
import { invalid } from '../http/parse';
import { admissionEvents, type FeedEvent, holdEvents, performanceEvents, reservationEvents } from './event';

interface EventPage {
  events: FeedEvent[];
  /** Goes on after the page; moves on also while nothing happens. */
  cursor: string;
}

interface EventQuery {
  /** From here on when null. */
  after: string | null;
  /** Changes to read at most; one change can make several events. */
  limit: number;
  /** How long to wait for the first event, ms. */
  waitMs: number;
}

type Doc = HoldDoc | AdmissionDoc | ReservationDoc | PerformanceDoc;
type Change = ChangeStreamInsertDocument<Doc> | ChangeStreamUpdateDocument<Doc>;

/** ms. MongoDB answers a poll at once when there is something, else after this; the last poll of a page finds nothing. */
const pollMs = 100;

const inserted = { operationType: 'insert', 'ns.coll': { $in: ['holds', 'admissions'] } };
const ended = { 'ns.coll': 'holds', 'updateDescription.updatedFields.status': { $exists: true } };
const cancelled = { 'ns.coll': 'reservations', 'updateDescription.updatedFields.cancelled': { $exists: true } };
const changed = { operationType: 'update', 'ns.coll': 'performances' };
const pipeline = [{ $match: { $or: [inserted, ended, cancelled, changed] } }];

/**
 * Events in the order in which they were committed, read from MongoDB's own log of committed writes: it costs the
 * commands nothing, and no event is there without its effect. Reading on from a cursor misses none.
 * @throws Problem CURSOR_EXPIRED when the log does not reach back to the cursor, or not yet to it; VALIDATION_FAILED when it is none
 */
export async function readEvents(db: Db, { after, limit, waitMs }: EventQuery): Promise<EventPage> {
  const deadline = performance.now() + waitMs;
  const stream = db.watch<Doc, Change>(pipeline, {
    fullDocument: 'updateLookup',
    batchSize: limit,
    maxAwaitTimeMS: Math.max(1, Math.min(waitMs, pollMs)),
    ...(after !== null && { resumeAfter: { _data: after } }),
  });
  const events: FeedEvent[] = [];
  try {
    // The first poll only opens the stream, so there are always two.
    for (let polls = 0, changes = 0; changes < limit; polls += 1) {
      const change = await stream.tryNext();
      if (change) {
        events.push(...eventsOf(change));
        changes += 1;
      } else if (events.length > 0 || (polls > 0 && performance.now() >= deadline)) break;
    }
    if (events.length === 0 && after !== null) await requirePast(db, after);
    return { events, cursor: events.at(-1)?.cursor ?? tokenOf(stream.resumeToken) };
  } catch (error) {
    throw after === null ? error : cursorProblem(error);
  } finally {
    await stream.close();
  }
}

/**
 * A cursor of another database, or from before this one was restored, may lie ahead, and MongoDB would stay silent until
 * then. A resume token begins with its time: 82, and eight hexadecimal digits for the second.
 */
async function requirePast(db: Db, after: string): Promise<void> {
  const { operationTime } = await db.command({ ping: 1 });
  const now = `82${operationTime.getHighBits().toString(16).padStart(8, '0')}`;
  if (after.slice(0, now.length).toLowerCase() > now)
    throw new Problem('CURSOR_EXPIRED', {
      detail: 'The cursor is ahead of this database: it is of another one, or from before this one was restored.',
    });
}

function eventsOf(change: Change): FeedEvent[] {
  const { fullDocument: doc, ns, operationType, _id } = change;
  if (!doc) return [];
  const cursor = tokenOf(_id);
  const updated = 'updateDescription' in change ? (change.updateDescription.updatedFields ?? {}) : {};
  switch (ns.coll) {
    case 'admissions':
      return admissionEvents(doc as AdmissionDoc, cursor);
    case 'reservations':
      return reservationEvents(doc as ReservationDoc, (updated as ReservationDoc).cancelled ?? [], cursor);
    case 'performances':
      return performanceEvents(doc as PerformanceDoc, updated, timeOf(change), cursor);
    default:
      return holdEvents(doc as HoldDoc, operationType === 'insert', cursor);
  }
}

/** To the second, where MongoDB does not say it better. */
function timeOf({ wallTime, clusterTime }: Change): Date {
  return wallTime ?? new Date((clusterTime?.getHighBitsUnsigned() ?? 0) * 1000);
}

function tokenOf(token: ChangeStreamDocument['_id'] | unknown): string {
  const data = (token as { _data?: unknown } | undefined)?._data;
  if (typeof data !== 'string') throw new Error('the change stream has no resume token');
  return data;
}

/** InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost. */
const lost = new Set([260, 280, 286]);

/** MongoDB has a dozen errors for a cursor that is not one of its own; every error that is no outage is one of them. */
function cursorProblem(error: unknown): unknown {
  if (!(error instanceof MongoServerError) || problemOf(error).code !== 'INTERNAL_ERROR') return error;
  if (lost.has(Number(error.code))) return new Problem('CURSOR_EXPIRED', { cause: error });
  return invalid([{ path: 'query.after', message: 'Not a cursor of this feed' }]);
}
