import type { Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { openContext } from '../../shared/context';
import { bindModels } from '../../shared/models';
import { createClock } from '../../shared/platform/clock';
import { loadConfig } from '../../shared/platform/config';
import { runAudit } from '../../workers/audit/run-audit';
import { deleteOld } from '../../workers/retention/delete-old';
import { migrate } from '../operate/migrate/run-migrations';
import { runCommand } from '../options';
import { runSettings } from '../stack/settings';
import { databaseUri, openStores, type Stores } from '../stack/stores';
import { generateDatabase } from './audit/generate-database';

/**
 * How much a million bookings take on disk, before and after what is old has been deleted: `npm run bench:growth -- 10000`, on stores
 * of its own. With each booking come 2.5 charges, 1.5 uses and half a hold that ends unpaid.
 */
async function main(): Promise<void> {
  const bookings = Number(process.argv[2] ?? 10_000);
  const stores = await openStores({ name: 'bench-growth', log: () => undefined });
  try {
    await measure(stores, bookings);
  } finally {
    await stores.close();
  }
}

async function measure(stores: Stores, bookings: number): Promise<void> {
  const uris = { MONGODB_URI: databaseUri(stores.mongod.uri, 'growth'), REDIS_URL: stores.redis.uri };
  const config = loadConfig(runSettings({ LOG_LEVEL: 'error', ...uris }));
  await migrate(config.MONGODB_URI);
  const context = await openContext(config, 'bench-growth', createClock());
  try {
    await generateDatabase(context.models, bookings / 2, Date.now());
    const db = context.connection.db as Db;
    const written = await sizes(db);
    const before = await sizes(await copyOf(context.connection));
    const began = performance.now();
    const deleted = await deleteOld(context, new AbortController().signal);
    const seconds = (performance.now() - began) / 1000;
    const after = await sizes(await copyOf(context.connection));
    const { broken } = await runAudit(context);
    const perMillion = (bytes: number) => `${(((bytes / bookings) * 1e6) / 2 ** 20).toFixed(0)} MB`;
    const names = [...written.keys()].filter((name) => of(written, name) > 100_000);
    console.table(
      Object.fromEntries(
        [...names, 'all'].map((name) => [
          name,
          {
            'per million bookings, as written': perMillion(of(written, name)),
            'copied, before': perMillion(of(before, name)),
            'copied, after': perMillion(of(after, name)),
          },
        ]),
      ),
    );
    console.log(`deleted ${JSON.stringify(deleted)} in ${seconds.toFixed(0)} s; the audit finds ${broken} violations`);
  } finally {
    await context.lifecycle.close();
  }
}

const of = (all: Map<string, number>, name: string) =>
  name === 'all' ? [...all.values()].reduce((sum, bytes) => sum + bytes, 0) : (all.get(name) ?? 0);

/**
 * MongoDB keeps the space of what was deleted for what comes: what is left takes as much as a copy of it does. A copy is
 * packed closer than what was written bit by bit, so only copies compare.
 */
async function copyOf(connection: Connection): Promise<Db> {
  const db = connection.db as Db;
  const coll = `${db.databaseName}_left`;
  await connection.useDb(coll).dropDatabase();
  for (const { name } of await db.listCollections().toArray())
    await db
      .collection(name)
      .aggregate([{ $out: { db: coll, coll: name } }])
      .toArray();
  const copy = connection.useDb(coll);
  const models: { createIndexes(): Promise<void> }[] = Object.values(bindModels(copy));
  await Promise.all(models.map((model) => model.createIndexes()));
  return copy.db as Db;
}

/** Bytes on disk of each collection and its indexes. */
async function sizes(db: Db): Promise<Map<string, number>> {
  const all = new Map<string, number>();
  await db.admin().command({ fsync: 1 });
  for (const { name } of await db.listCollections().toArray()) {
    const [stats] = await db
      .collection(name)
      .aggregate([{ $collStats: { storageStats: {} } }])
      .toArray();
    all.set(name, Number(stats?.storageStats.totalSize));
  }
  return all;
}

runCommand(main());
