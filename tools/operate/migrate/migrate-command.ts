import type { Db } from 'mongodb';
import { bindModels } from '../../../shared/models';
import { openMongo } from '../../../shared/platform/mongo';
import { missingIndexes } from '../../../shared/schema/indexes';
import { explainUnknown, readSchema } from '../../../shared/schema/schema';
import { flag, readOptions, UsageError } from '../../options';
import { migrate } from './run-migrations';

const usage = `Usage: npm run migrate -- [options]

Brings the database that MONGODB_URI names to the schema of this version: collections, indexes, changes of documents. One
process at a time; another one waits for it. Safe to repeat, and to interrupt: the next run goes on.

  --check    only says what is pending; exit status 1 if anything is, or if the database is newer than this version
  --repair   also makes indexes that a migration has made and somebody has dropped

The user of MONGODB_URI needs the rights of docs/guides/rights.md#migrations; API and workers need none of those.`;

const options = { check: flag, repair: flag };

/**
 * What `npm run migrate` does.
 * @returns the exit status
 */
export async function migrateCommand(
  args: string[],
  env: Record<string, string | undefined>,
  print: (line: string) => void,
): Promise<number> {
  const values = readOptions(args, options);
  if (!values) {
    print(usage);
    return 0;
  }
  if (!env.MONGODB_URI) throw new UsageError('MONGODB_URI must name the database to migrate; see --help.');
  if (values.check) return check(env.MONGODB_URI, print);
  const done = await migrate(env.MONGODB_URI, { print });
  if (values.repair) await repair(env.MONGODB_URI, print);
  print(done.length > 0 ? `Ran ${done.join(', ')}.` : 'Nothing to do: the database has the schema of this version.');
  return 0;
}

/** An index of the same fields that is meant otherwise is refused by MongoDB: drop that one first. */
async function repair(uri: string, print: (line: string) => void): Promise<void> {
  const connection = await openMongo(uri, 'migrate', 20, false, 0);
  try {
    const models = bindModels(connection);
    const missing = await missingIndexes(models);
    for (const index of missing) print(`Missing: ${index}`);
    await Promise.all(Object.values(models).map((model: { createIndexes(): Promise<void> }) => model.createIndexes()));
    if (missing.length > 0) print('Made them.');
  } finally {
    await connection.close();
  }
}

async function check(uri: string, print: (line: string) => void): Promise<number> {
  const connection = await openMongo(uri, 'migrate');
  const { pending, unknown, running } = await readSchema(connection.db as Db).finally(() => connection.close());
  if (unknown.length > 0) print(`MONGODB_URI: ${explainUnknown(unknown)}.`);
  if (pending.length > 0) print(`Pending: ${pending.join(', ')}${running ? '; a process runs them now' : ''}.`);
  if (unknown.length + pending.length > 0) return 1;
  print('Nothing is pending: the database has the schema of this version.');
  return 0;
}
