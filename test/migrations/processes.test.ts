import type { Db } from 'mongodb';
import type { Connection } from 'mongoose';
import { openApiContext } from '../../api/context';
import { openContext } from '../../shared/context';
import { createReadiness } from '../../shared/health/readiness';
import type { Config } from '../../shared/platform/config';
import { openMongo } from '../../shared/platform/mongo';
import { knownMigrations, migrationsOf } from '../../shared/schema/schema';
import { migrated } from '../helpers/migrated';
import { environment, startProcess } from '../helpers/processes';
import { testConfig } from '../helpers/test-config';

let config: Config;
let connection: Connection;
let db: Db;
beforeEach(async () => {
  config = testConfig();
  connection = await openMongo(config.MONGODB_URI, 'test');
  db = connection.db as Db;
});
afterEach(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const begun = (_id: string, additive: boolean, finishedAt: Date | null = new Date()) =>
  migrationsOf(db).insertOne({ _id, additive, startedAt: new Date(), finishedAt });
const someoneRuns = (leaseUntil: Date) =>
  db
    .collection('migrations')
    .updateOne({ _id: 'lease' as never }, { $set: { owner: 'another', leaseUntil } }, { upsert: true });

test.each(['api/server', 'workers/main'])(
  '%s refuses a database without the schema that it needs, in a sentence, and makes nothing there',
  async (module) => {
    const process = startProcess(module, environment(config, { LOG_LEVEL: 'info' }));
    expect(await process.ended()).toBe(1);
    const [line, ...more] = process.lines();
    expect(more).toEqual([]);
    expect(line?.msg).toMatch(
      /^not started: MONGODB_URI \(mongodb:[^)]+\): the schema .* is older than this version, which needs 0001-.*\. Run `npm run migrate`/,
    );
    expect(await db.listCollections().toArray()).toEqual([]);
  },
);

test('so does the seed', async () => {
  const process = startProcess('tools/operate/seed', environment(config));
  expect(await process.ended()).toBe(1);
  expect(process.output()).toMatch(/^MONGODB_URI .* Run `npm run migrate`[^\n]*\n$/);
});

test('a schema that is newer than what it can live with is refused; one that is not, is served', async () => {
  await migrated(config);
  await begun('9998-more', true);
  await (await openContext(config, 'test')).lifecycle.close();
  await begun('9999-other', false);
  await expect(openApiContext(config)).rejects.toThrow(
    /newer than this version, which does not know 9999-other\. Start the version that brought it/,
  );
});

test('a process waits for migrations that are under way, and starts when they are done', async () => {
  await migrated(config);
  const last = knownMigrations.at(-1) as string;
  await migrationsOf(db).updateOne({ _id: last }, { $set: { finishedAt: null } });
  await someoneRuns(new Date(Date.now() + 60_000));
  const process = startProcess('workers/main', environment(config, { LOG_LEVEL: 'info' }));
  expect(await process.said('waiting for migrations')).toMatchObject({ pending: [last] });
  expect(process.lines().some(({ msg }) => msg === 'carrying out commands')).toBe(false);
  await migrationsOf(db).updateOne({ _id: last }, { $set: { finishedAt: new Date() } });
  await process.said('carrying out commands');
  expect(await process.end()).toBe(0);
});

test('one that died while it ran them is not waited for longer than its lease', async () => {
  await migrated(config);
  await migrationsOf(db).updateOne({ _id: knownMigrations.at(-1) as string }, { $set: { finishedAt: null } });
  await someoneRuns(new Date(Date.now() + 1500));
  await expect(openContext(config, 'test')).rejects.toThrow('older than this version');
});

test('a process that runs is not ready any more once a migration begins that it can not live with', async () => {
  const context = await openContext(await migrated(config), 'test');
  try {
    expect(await createReadiness(context)()).toEqual({});
    await begun('9998-more', true, null);
    expect(await createReadiness(context)()).toEqual({});
    await begun('9999-other', false, null);
    expect(await createReadiness(context)()).toEqual({ schema: expect.stringContaining('does not know 9999-other') });
  } finally {
    await context.lifecycle.close();
  }
});
