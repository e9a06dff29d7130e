import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Db, MongoNetworkError, MongoServerError } from 'mongodb';
import type { Connection } from 'mongoose';
import { bindModels } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import { openMongo } from '../../shared/platform/mongo';
import { projectRoot } from '../../shared/platform/project-root';
import { describeIndex, missingIndexes } from '../../shared/schema/indexes';
import { knownMigrations, migrationsOf, readSchema } from '../../shared/schema/schema';
import { migrateCommand } from '../../tools/operate/migrate/migrate-command';
import type { Migration } from '../../tools/operate/migrate/migration';
import { migrate } from '../../tools/operate/migrate/run-migrations';
import { allMigrations } from '../../tools/operate/migrations/all';
import { testConfig } from '../helpers/test-config';
import { until } from '../helpers/until';

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

/** Of each collection, the indexes beside that of `_id`. */
async function indexesThere(): Promise<Record<string, string[]>> {
  const names = (await db.listCollections().toArray()).map(({ name }) => name).filter((name) => name !== 'migrations');
  const of = async (name: string) => {
    const all = (await db.collection(name).listIndexes().toArray()).map((index) => describeIndex(index as never));
    return [name, all.filter((index) => index !== '{"_id":1}').sort()] as const;
  };
  return Object.fromEntries(await Promise.all(names.map(of)));
}

/** As the models ask for them. */
function indexesWanted(): Record<string, string[]> {
  const all = Object.values(bindModels(connection)) as unknown as {
    schema: { indexes(): [object, object][] };
    collection: { name: string };
  }[];
  return Object.fromEntries(
    all.map(({ schema, collection }) => {
      const indexes = schema.indexes().map(([key, options]) => describeIndex({ key: key as never, ...options }));
      return [collection.name, indexes.sort()];
    }),
  );
}

test('the migrations are the numbered files, in order, and the ones that this version knows', () => {
  const files = readdirSync(join(projectRoot, 'tools/operate/migrations')).filter((file) => /^\d/.test(file));
  const names = allMigrations.map(({ name }) => name);
  expect(names).toEqual(files.sort().map((file) => file.replace(/\.ts$/, '')));
  // A number may be left out; none stands twice.
  const numbers = names.map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  expect(knownMigrations).toEqual(names);
});

test('an empty database gets the collections and indexes that the models ask for, no more and no fewer', async () => {
  const lines: string[] = [];
  expect(await migrate(config.MONGODB_URI, { print: (line) => lines.push(line) })).toEqual(knownMigrations);
  expect(lines.join('\n')).toMatch(/^0001-collections-and-indexes …\n0001-collections-and-indexes done in [\d.]+ s/);
  expect(await indexesThere()).toEqual({ ...indexesWanted(), processes: [] });
  expect(await missingIndexes(bindModels(connection))).toEqual([]);
  expect(await readSchema(db)).toEqual({ pending: [], unknown: [], newer: [], running: false });
  expect(await migrate(config.MONGODB_URI)).toEqual([]);
});

test('a database that processes of 0.1.0 or 0.2.0 made is taken over as it is', async () => {
  // As the library of documents makes them, and not all: 0.1.0 had fewer.
  const background = { background: true };
  const commands = db.collection<{ _id: string }>('commands');
  const key = { unique: true, partialFilterExpression: { key: { $type: 'string' } }, ...background };
  await commands.createIndex({ userId: 1, key: 1 }, key);
  await commands.createIndex(
    { lane: 1, dueAt: 1, _id: 1 },
    { partialFilterExpression: { status: 'accepted' }, ...background },
  );
  await db
    .collection('holds')
    .createIndex({ seatIds: 1 }, { unique: true, partialFilterExpression: { status: 'held' }, ...background });
  await db.collection('admissions').createIndex({ at: 1 }, { expireAfterSeconds: 86_400, ...background });
  await db.createCollection('wallets');
  const command = { _id: 'job_1', status: 'done', userId: 'user_1', key: 'k' };
  await commands.insertOne(command);
  expect(await migrate(config.MONGODB_URI)).toEqual(knownMigrations);
  const { admissions = [], ...wanted } = indexesWanted();
  // What those processes are not ready without stays.
  const left = ['{"at":1} for 86400 s', ...admissions];
  expect(await indexesThere()).toEqual({ ...wanted, admissions: left, processes: [] });
  expect(await commands.find().toArray()).toEqual([command]);
});

describe('several migrations', () => {
  let ran: string[];
  beforeEach(() => {
    ran = [];
  });

  function step(name: string, up: () => Promise<void> = async () => undefined, additive = true): Migration {
    return {
      ...{ name, additive },
      async up() {
        ran.push(name);
        await up();
      },
    };
  }

  const steal = () => db.collection('migrations').updateOne({ _id: 'lease' as never }, { $set: { owner: 'another' } });
  const interrupted = () => new MongoServerError({ message: 'operation was interrupted', code: 11601 });

  test('of two processes that run them at once one does, and the other waits for it and finds nothing to do', async () => {
    let finish: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const migrations = [step('0001-a', () => held), step('0002-b')];
    const lines: string[] = [];
    // Several times as long as the lease: it is renewed meanwhile.
    const first = migrate(config.MONGODB_URI, { migrations, leaseMs: 400 });
    await until('the first has begun', () => ran.length > 0);
    const second = migrate(config.MONGODB_URI, { migrations, leaseMs: 400, print: (line) => lines.push(line) });
    await until('the second waits', () => lines.length > 0);
    const begun = performance.now();
    await until('several leases have passed', () => performance.now() - begun > 1500);
    expect(ran).toEqual(['0001-a']);
    finish();
    expect([await first, await second]).toEqual([['0001-a', '0002-b'], []]);
    expect(ran).toEqual(['0001-a', '0002-b']);
    expect(lines).toEqual(['Another process runs migrations: waiting for it.']);
  });

  test('one that the database interrupts is run again from its start', async () => {
    const interruptions = [interrupted(), new MongoNetworkError('the primary is gone')];
    const interrupt = async () => {
      const error = interruptions.shift();
      if (error) throw error;
    };
    const migrations = [step('0001-a', interrupt), step('0002-b')];
    expect(await migrate(config.MONGODB_URI, { migrations })).toEqual(['0001-a', '0002-b']);
    expect(ran).toEqual(['0001-a', '0001-a', '0001-a', '0002-b']);
  });

  test('one that the database interrupts is not run again by a process that lost its lease meanwhile', async () => {
    const stealAndInterrupt = async () => {
      await steal();
      throw interrupted();
    };
    const migrations = [step('0001-a', stealAndInterrupt)];
    await expect(migrate(config.MONGODB_URI, { migrations })).rejects.toThrow(/0001-a.*taken over/);
    expect(ran).toEqual(['0001-a']);
  });

  test('after one that failed the next run begins with it, and not with those that were done', async () => {
    let fails = true;
    const fail = async () => {
      if (fails) throw new Error('no space left');
    };
    const migrations = [step('0001-a'), step('0002-b', fail), step('0003-c')];
    const names = migrations.map(({ name }) => name);
    await expect(migrate(config.MONGODB_URI, { migrations })).rejects.toThrow(/0002-b.*no space left/);
    expect(await readSchema(db, names)).toMatchObject({ pending: ['0002-b', '0003-c'], running: false });
    fails = false;
    expect(await migrate(config.MONGODB_URI, { migrations })).toEqual(['0002-b', '0003-c']);
    expect(ran).toEqual(['0001-a', '0002-b', '0002-b', '0003-c']);
  });

  test('one that lost its lease, as a frozen process does, stops before the next migration', async () => {
    const migrations = [step('0001-a', async () => void (await steal())), step('0002-b')];
    await expect(migrate(config.MONGODB_URI, { migrations })).rejects.toThrow('taken over the migrations');
    expect(ran).toEqual(['0001-a']);
  });

  test('an index gives way to another one, also when it is tried twice', async () => {
    const change: Migration = {
      ...{ name: '0001-a', additive: false },
      async up({ ensureIndexes, dropIndex }) {
        await dropIndex('things', 'a_1');
        await ensureIndexes('things', [[{ a: 1, b: 1 }]]);
        if (ran.push('0001-a') < 2) throw new Error('interrupted');
      },
    };
    await db.collection('things').createIndex({ a: 1 });
    await expect(migrate(config.MONGODB_URI, { migrations: [change] })).rejects.toThrow('interrupted');
    await migrate(config.MONGODB_URI, { migrations: [change] });
    expect(await indexesThere()).toEqual({ things: ['{"a":1,"b":1}'] });
  });

  test('an older version leaves the database of a newer one alone', async () => {
    await migrate(config.MONGODB_URI, { migrations: [step('0001-a'), step('0003-c')] });
    const forked = migrate(config.MONGODB_URI, { migrations: [step('0001-a'), step('0002-b')] });
    await expect(forked).rejects.toThrow('does not know: 0003-c. Run the migrations of the version that brought them');
    expect(ran).toEqual(['0001-a', '0003-c']);
  });
});

test('the command says what is pending, runs it, and says when there is nothing to do', async () => {
  const lines: string[] = [];
  const run = (...args: string[]) =>
    migrateCommand(args, { MONGODB_URI: config.MONGODB_URI }, (line) => lines.push(line));
  expect(await run('--check')).toBe(1);
  expect(lines.splice(0)).toEqual([`Pending: ${knownMigrations.join(', ')}.`]);
  expect(await run()).toBe(0);
  expect(lines.splice(0).at(-1)).toBe(`Ran ${knownMigrations.join(', ')}.`);
  expect([await run('--check'), await run()]).toEqual([0, 0]);
  expect(lines.splice(0)).toEqual([
    'Nothing is pending: the database has the schema of this version.',
    'Nothing to do: the database has the schema of this version.',
  ]);
  await migrationsOf(db).insertOne({
    _id: '9999-later',
    additive: false,
    startedAt: new Date(),
    finishedAt: new Date(),
  });
  expect(await run('--check')).toBe(1);
  expect(lines[0]).toMatch(/newer than this version, which does not know 9999-later/);
});

test('an index that somebody has dropped comes back by --repair', async () => {
  const lines: string[] = [];
  await migrate(config.MONGODB_URI);
  await db.collection('payments').dropIndex('holdId_1');
  const env = { MONGODB_URI: config.MONGODB_URI };
  expect(await migrateCommand(['--repair'], env, (line) => lines.push(line))).toBe(0);
  expect(lines.slice(0, 2)).toEqual(['Missing: payments unique {"holdId":1}', 'Made them.']);
  expect(await missingIndexes(bindModels(connection))).toEqual([]);
});
