import type { Db } from 'mongodb';
import type { Config } from '../../shared/platform/config';
import { openMongo } from '../../shared/platform/mongo';
import { apply } from '../../tools/operate/migrate/migration';
import { allMigrations } from '../../tools/operate/migrations/all';

/**
 * Runs all migrations on the new database of a test, one after another. The library that runs them elsewhere takes longer to
 * load than they take; `test/migrations` is where it is tested.
 */
export async function migrated<C extends Pick<Config, 'MONGODB_URI'>>(config: C): Promise<C> {
  const connection = await openMongo(config.MONGODB_URI, 'test', 20);
  try {
    for (const migration of allMigrations) await apply(migration, connection.db as Db);
    return config;
  } finally {
    await connection.close();
  }
}
