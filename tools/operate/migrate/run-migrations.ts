import type { Db } from 'mongodb';
import { Umzug } from 'umzug';
import { openMongo } from '../../../shared/platform/mongo';
import { migrationsOf, readSchema } from '../../../shared/schema/schema';
import { allMigrations } from '../migrations/all';
import { takeLease } from './lease';
import { apply, type Migration } from './migration';

interface RunOptions {
  print?: (line: string) => void;
  migrations?: readonly Migration[];
  /** How long a process that runs migrations may be silent before another one takes over. */
  leaseMs?: number;
}

/**
 * Brings the database to the schema of this version: runs what is pending, in order, one process at a time.
 * @returns the names of what was run here
 * @throws StoreError when MongoDB does not answer; MigrationError of the one that failed: the next run begins with it again
 */
export async function migrate(uri: string, options: RunOptions = {}): Promise<string[]> {
  // An index of a large collection takes as long as it takes.
  const connection = await openMongo(uri, 'migrate', 20, false, 0);
  try {
    return await migrateDatabase(connection.db as Db, options);
  } finally {
    await connection.close();
  }
}

async function migrateDatabase(
  db: Db,
  { print = () => undefined, migrations = allMigrations, leaseMs = 15_000 }: RunOptions,
): Promise<string[]> {
  const known = migrations.map(({ name }) => name);
  // A user without rights to write may find that there is nothing to do.
  if ((await requireOwn(db, known)).length === 0) return [];
  const lease = await takeLease(db, leaseMs, () => print('Another process runs migrations: waiting for it.'));
  try {
    await requireOwn(db, known);
    const done = await umzugOf(db, migrations, lease.check, print).up();
    return done.map(({ name }) => name);
  } finally {
    await lease.release();
  }
}

/** @returns what is pending @throws when this version would change a database of a newer one */
async function requireOwn(db: Db, known: readonly string[]): Promise<string[]> {
  const { pending, unknown, newer } = await readSchema(db, known);
  if (pending.length > 0 && unknown.length + newer.length > 0)
    throw new Error(
      `The database has migrations that this version does not know: ${newer.concat(unknown).join(', ')}. ` +
        `Run the migrations of the version that brought them; ${pending.join(', ')} is left alone.`,
    );
  return pending;
}

function umzugOf(
  db: Db,
  migrations: readonly Migration[],
  check: () => Promise<void>,
  print: (line: string) => void,
): Umzug<object> {
  const ignore = () => undefined;
  const umzug = new Umzug({
    migrations: migrations.map((migration) => ({
      name: migration.name,
      up: () => apply(migration, db, check),
    })),
    storage: {
      executed: async () =>
        (
          await migrationsOf(db)
            .find({ finishedAt: { $type: 'date' } })
            .toArray()
        ).map(({ _id }) => _id),
      // `apply` has recorded it.
      logMigration: async () => undefined,
      unlogMigration: async () => undefined,
    },
    logger: {
      info: ({ event, name, durationSeconds }) => {
        if (event === 'migrating') print(`${name} …`);
        if (event === 'migrated') print(`${name} done in ${Number(durationSeconds).toFixed(1)} s`);
      },
      ...{ warn: ignore, error: ignore, debug: ignore },
    },
  });
  return umzug;
}
