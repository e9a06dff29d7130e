import { setImmediate } from 'node:timers/promises';
import { BSON, type ClientSession } from 'mongodb';
import type { Connection } from 'mongoose';
import { type CollectionName, type Models, native } from '../../shared/models';
import { idAt } from '../../shared/platform/ids';
import { retentionId } from '../retention/delete-old';
import type { Stream } from './head';
import {
  blocksOfSeats,
  cancelledByCommand,
  claimsOfHolds,
  entriesByLine,
  freeOfLines,
  givenAway,
  moneyOf,
  ownerships,
  salesByPayment,
  sortedBy,
  withoutPrefix,
  withPrefix,
} from './pipelines';
import type { AuditReader } from './reader';

/** Where an audit reads. */
export interface AuditSource {
  connection: Connection;
  models: Models;
  /** What tests add to the database's time, in milliseconds. */
  offsetMs?: number;
  /** Ends the audit early, with the signal's reason as the error. */
  signal?: AbortSignal;
}

/** Documents of one answer of the server; and how many of them become objects at a time, short-lived ones. */
const batchSize = 1000;
const slice = 100;

/**
 * Reads in a snapshot session: one moment of the database, majority committed, without holding anything up. MongoDB
 * keeps a snapshot for `minSnapshotHistoryWindowInSeconds` (300 by default), so one reader serves one pass over the data.
 */
export async function withSnapshotReader<T>(
  { connection, models, offsetMs = 0, signal }: AuditSource,
  work: (reader: AuditReader) => Promise<T>,
): Promise<T> {
  const session = connection.getClient().startSession({ snapshot: true });
  try {
    const hello = await connection.db?.admin().command({ hello: 1 });
    // The first read fixes the moment for all that follow, also for those that run side by side.
    await native(models, 'fences').findOne({}, { session });
    return await work(createReader({ session, models, signal }, new Date(hello?.localTime.getTime() + offsetMs)));
  } finally {
    await session.endSession();
  }
}

interface Snapshot {
  session: ClientSession;
  models: Models;
  signal: AbortSignal | undefined;
}

function createReader(snapshot: Snapshot, now: Date): AuditReader {
  const { models, session } = snapshot;
  const read = <T>(name: CollectionName, pipeline: readonly object[]) => stream<T>(snapshot, name, pipeline);
  const released = { kind: 'hold.release', status: 'done' };
  const left = { kind: 'standby.leave', status: 'done', 'result.holdId': { $type: 'string' } };
  const waiting = { kind: 'payment.pay', status: 'accepted' };
  const taken = {
    $or: [{ status: { $ne: 'available' } }, { holdId: { $ne: null } }, { blockId: { $type: 'string' } }],
  };
  return {
    now,
    wallets: () => read('wallets', sortedBy({ _id: 1 }, 'wallets')),
    ledger: () => read('pointEntries', sortedBy({ userId: 1, seq: 1 }, 'pointEntries')),
    commands: (prefix) => read('commands', withPrefix(prefix, 'commands')),
    holds: () => read('holds', withPrefix('hold', 'holds')),
    payments: () => read('payments', withPrefix('pay', 'payments')),
    reservations: () => read('reservations', withPrefix('res', 'reservations')),
    entries: (prefix) => read('pointEntries', withPrefix(prefix, 'pointEntries')),
    standbyEntries: () => read('standbyEntries', withPrefix('standby', 'standbyEntries')),
    standbyByLine: () => read('standbyEntries', entriesByLine),
    standbyLines: () => read('standbyLines', sortedBy({ _id: 1 }, 'standbyLines')),
    freeBesideLines: () => read('standbyLines', freeOfLines),
    paymentsByHold: () => read('payments', sortedBy({ holdId: 1 }, 'payments')),
    leavesByHold: () => read('commands', sortedBy({ 'result.holdId': 1 }, 'commands', left)),
    releasesByHold: () => read('commands', sortedBy({ 'payload.holdId': 1 }, 'commands', released)),
    waitingPaysByHold: () => read('commands', sortedBy({ 'payload.holdId': 1 }, 'commands', waiting)),
    claims: () => read('holds', claimsOfHolds),
    ownerships: () => read('reservations', ownerships),
    cancelledSeats: () => read('reservations', cancelledByCommand),
    salesWithRefunds: () => read('reservations', salesByPayment),
    refunds: () => read('pointEntries', sortedBy({ paymentId: 1 }, 'pointEntries', { kind: 'refund' })),
    takenSeats: () => read('seats', sortedBy({ _id: 1 }, 'seats', taken)),
    sources: () => read('commands', moneyOf.sources),
    chargedTopUps: () => read('topUps', moneyOf.chargedTopUps),
    takenBack: () => read('commands', moneyOf.takenBack),
    blocks: () => read('seats', blocksOfSeats),
    given: () => read('reservations', givenAway),
    async retriedSince(since) {
      const _id = { $gte: idAt('act', since.getTime()) };
      const filter = { _id, action: 'job.retry', at: { $gte: since } } as const;
      const actions = await native(models, 'adminActions').find(filter, { session }).toArray();
      return actions.map((action) => action.target);
    },
    async horizon() {
      const { commandsBefore, holdsBefore } =
        (await native(models, 'schedules').findOne({ _id: retentionId }, { session })) ?? {};
      return { commandsBefore: commandsBefore ?? new Date(0), holdsBefore: holdsBefore ?? new Date(0) };
    },
    callOffs: () => native(models, 'callOffs').find({}, { session }).toArray(),
    strayIds: (name) => read(name, withoutPrefix(name)),
  };
}

/**
 * Asks for the next batch while the one before is worked on: server and client both stay busy. The driver takes even raw
 * documents apart field by field: wrapped in one field they are cheaper. After each slice others have their turn, since
 * the process may be a worker.
 */
async function* stream<T>(
  { session, models, signal }: Snapshot,
  name: CollectionName,
  pipeline: readonly object[],
): Stream<T> {
  const options = { session, batchSize, allowDiskUse: true, raw: true };
  const wrapped = [...pipeline, { $replaceWith: { doc: '$$ROOT' } }];
  const cursor = native(models, name).aggregate<Uint8Array>(wrapped, options);
  try {
    let more = cursor.hasNext();
    while (await more) {
      signal?.throwIfAborted();
      const batch = cursor.readBufferedDocuments(slice);
      if (cursor.bufferedCount() === 0) {
        more = cursor.hasNext();
        more.catch(() => {});
      }
      yield batch.map((bytes) => BSON.deserialize(bytes).doc as T);
      await setImmediate();
    }
  } finally {
    await cursor.close();
  }
}
