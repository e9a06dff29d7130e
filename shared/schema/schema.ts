import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { StoreError } from '../platform/explain-store';
import type { Logger } from '../platform/logger';

/** The migrations that this version was made for, in order: those of `tools/operate/migrations`, which a test compares. */
export const knownMigrations: readonly string[] = [
  '0001-collections-and-indexes',
  '0002-top-ups',
  '0003-cancellations',
  '0004-standby',
  '0005-blocks',
  '0006-desk',
  '0007-seating-plans',
];

/** A migration that was begun. Times are the database's. */
export interface MigrationDoc {
  /** Its number and name. */
  _id: string;
  /** Versions that do not know it may go on serving. */
  additive?: boolean;
  startedAt?: Date;
  finishedAt?: Date | null;
}

/** The document of the same collection that says who runs migrations now. */
export interface MigrationLease {
  _id: 'lease';
  owner: string | null;
  leaseUntil: Date;
}

/** What this version finds in a database. */
export interface SchemaState {
  /** Known here and not finished there. */
  pending: string[];
  /** Begun there, not known here, and nothing that a version without them can live with. */
  unknown: string[];
  /** Finished there and not known here, additive ones included. */
  newer: string[];
  /** Whether somebody runs migrations now. */
  running: boolean;
}

export const migrationsOf = (db: Db) => db.collection<MigrationDoc>('migrations');

export async function readSchema(db: Db, known: readonly string[] = knownMigrations): Promise<SchemaState> {
  const found = await migrationsOf(db)
    .aggregate<MigrationDoc & Partial<Pick<MigrationLease, 'leaseUntil'>> & { now: Date }>([{ $set: { now: '$$NOW' } }])
    .toArray();
  const lease = found.find(({ _id }) => _id === 'lease');
  const records = found.filter(({ _id }) => _id !== 'lease');
  const finished = new Set(records.flatMap(({ _id, finishedAt }) => (finishedAt ? _id : [])));
  const strangers = records.filter(({ _id }) => !known.includes(_id)).sort((a, b) => (a._id < b._id ? -1 : 1));
  return {
    pending: known.filter((name) => !finished.has(name)),
    unknown: strangers.filter(({ additive }) => !additive).map(({ _id }) => _id),
    newer: strangers.filter(({ finishedAt }) => finishedAt).map(({ _id }) => _id),
    running: lease?.leaseUntil !== undefined && lease.leaseUntil > lease.now,
  };
}

const pollMs = 250;

/**
 * Waits while somebody runs the migrations that this version needs.
 * @throws StoreError when nobody does, or the database has become what this version does not know
 */
export async function requireSchema(connection: Connection, uri: string, logger: Logger): Promise<void> {
  let waiting = false;
  for (;;) {
    const { pending, unknown, running } = await readSchema(connection.db as Db);
    if (unknown.length > 0) throw new StoreError('MONGODB_URI', uri, explainUnknown(unknown));
    if (pending.length === 0) return;
    if (!running)
      throw new StoreError(
        'MONGODB_URI',
        uri,
        `the schema of the database is older than this version, which needs ${pending.join(', ')}. ` +
          'Run `npm run migrate` (in the image: node dist/tools/operate/migrate.js) with this MONGODB_URI',
      );
    if (!waiting) logger.info({ pending }, 'waiting for migrations');
    waiting = true;
    await sleep(pollMs);
  }
}

/** Why this version can't serve a database with migrations that it does not know. */
export function explainUnknown(unknown: readonly string[]): string {
  return (
    `the schema of the database is newer than this version, which does not know ${unknown.join(', ')}. ` +
    'Start the version that brought it, or a newer one; or restore a backup from before it'
  );
}
