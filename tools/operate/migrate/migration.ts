import { setTimeout as sleep } from 'node:timers/promises';
import { type CreateIndexesOptions, type Db, type IndexSpecification, MongoServerError } from 'mongodb';
import { migrationsOf } from '../../../shared/schema/schema';
import { isTransient } from '../../../workers/batches/is-transient';

/** What a migration works with. */
interface MigrationContext {
  db: Db;
  /**
   * Makes a collection and those of its indexes that it lacks, and waits until they are built. A build that an earlier try
   * began goes on in MongoDB, and is waited for.
   */
  ensureIndexes(
    collection: string,
    indexes: readonly [key: IndexSpecification, options?: CreateIndexesOptions][],
  ): Promise<void>;
  /** Drops an index that no version in use needs any more, unless it is gone already. */
  dropIndex(collection: string, name: string): Promise<void>;
}

/** One numbered change of the database. */
export interface Migration {
  name: string;
  /** Whether versions that do not know it may go on serving, while it runs and after it. */
  additive: boolean;
  /** Must be safe to run again from the start, whatever an earlier try did of it. */
  up(context: MigrationContext): Promise<unknown>;
}

/** MongoDB's codes for a collection that is there already, and for what is not there. */
const [namespaceExists, namespaceNotFound, indexNotFound] = [48, 26, 27];

const unless = (codes: readonly number[]) => (error: unknown) => {
  if (!(error instanceof MongoServerError && codes.includes(Number(error.code)))) throw error;
};

const contextOf = (db: Db): MigrationContext => ({
  db,
  async ensureIndexes(name, indexes) {
    await db.createCollection(name).catch(unless([namespaceExists]));
    if (indexes.length === 0) return;
    const specifications = indexes.map(([key, options]) => ({ key: key as never, ...options }));
    await db.collection(name).createIndexes(specifications);
  },
  async dropIndex(collection, name) {
    await db
      .collection(collection)
      .dropIndex(name)
      .catch(unless([namespaceNotFound, indexNotFound]));
  },
});

/** Tries of a migration that MongoDB interrupts. Each waits two seconds for a primary, and an election may take more than ten. */
const mostTries = 10;
const restMs = 1000;

/** Runs one, and records when it began and when it was done. @param check before each try: throws when another process runs them now */
export async function apply(migration: Migration, db: Db, check = async (): Promise<void> => undefined): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await check();
      return await applyOnce(migration, db);
    } catch (error) {
      if (tries === mostTries || !isTransient(error)) throw error;
      await sleep(restMs);
    }
  }
}

async function applyOnce({ name: _id, additive, up }: Migration, db: Db): Promise<void> {
  const set = (fields: object) => migrationsOf(db).updateOne({ _id }, [{ $set: fields }], { upsert: true });
  await set({ additive, startedAt: '$$NOW', finishedAt: null });
  await up(contextOf(db));
  await set({ finishedAt: '$$NOW' });
}
