import { writeFileSync } from 'node:fs';
import { type Context, openContext } from '../../shared/context';
import { type CollectionName, native } from '../../shared/models';
import { generateDatabase, generatedConcert, generateHeavyUser } from '../../tools/bench/audit/generate-database';
import { startWorkers } from '../../workers/start-workers';
import { startWorld, type World } from '../helpers/world';
import { type Collector, openCollector } from '../operations/collector';
import { openTestProvider, shopOf } from '../top-ups/shop';
import { fillTopUps, tourOfChanges, tourOfMoney } from './after-the-sale';
import { tourOfDesk } from './desk';
import { exceptions } from './exceptions';
import { explain, type Plan } from './explain';
import { indexPage, pageOfIndexes, readIndexPage } from './page';
import { type Recorded, record } from './record';
import { tourOfStandby } from './standby-tour';
import { tour } from './tour';

// What every statement costs when much has been sold: 200,000 commands, of which one user has 58,000, and 54,000 seats.
const users = 9000;
const heavyChanges = 50_000;

let world: World;
let worker: Context;
let collector: Collector;
let provider: Awaited<ReturnType<typeof openTestProvider>>;
let plans: Plan[];

beforeAll(async () => {
  collector = await openCollector();
  // Tracing makes the driver report each statement.
  provider = await openTestProvider();
  const settings = {
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, STREAM_CHECK_MS: '100', SWEEP_MS: '200' },
    ...{ ...provider.settings, CHARGES: 'open' },
  };
  world = await startWorld({ settings, workers: false });
  const heavy = await world.user();
  const shop = shopOf(world, provider);
  await fill(heavy.id);
  await fillTopUps(shop, heavy.id);
  const recorded = new Map<string, Recorded>();
  record([world.context.connection, world.context.reads], recorded);
  worker = await openContext(world.config, 'workers', world.clock);
  record([worker.connection], recorded);
  const owner = await startWorkers(worker);
  worker.lifecycle.onClose('lanes', owner.stop);
  await tour(world, worker, heavy, generatedConcert);
  const admin = await world.admin();
  const concert = await world.concert({ seats: 20 });
  await tourOfMoney(shop, admin, heavy);
  await tourOfStandby(world, worker, admin);
  const fan = await world.fan(concert, { points: 50_000 });
  await tourOfChanges(shop, admin, fan, concert);
  await tourOfDesk(world, [heavy, fan], concert, 'perf_generated');
  const { db } = world.context.connection;
  if (!db) throw new Error('not connected');
  plans = [];
  // In order: side by side they would only wait for each other.
  for (const one of recorded.values()) if (!/^(test|tools)/.test(one.file)) plans.push(await explain(db, one));
}, 600_000);
afterAll(async () => {
  await worker?.lifecycle.close();
  await world?.close();
  provider?.close();
  await collector?.close();
});

/** Indexes are made at the end, which takes a fraction of the time. */
async function fill(heavyId: string): Promise<void> {
  const { models, clock } = world.context;
  const names = ['commands', 'holds', 'seats', 'pointEntries', 'payments', 'reservations'] as const;
  for (const name of names) await native(models, name as CollectionName).dropIndexes();
  // What is held runs out long after the tour.
  await generateDatabase(models, users, clock.now() + 3_600_000);
  await generateHeavyUser(models, heavyId, users, heavyChanges);
  await Promise.all(names.map((name) => models[name].createIndexes()));
  const room = {
    maxActive: null,
    admitPerMinute: null,
    sessionSeconds: 600,
    maxSessionSeconds: 1800,
    graceSeconds: 120,
  };
  const concert = {
    title: 'Generated',
    opensAt: null,
    timeZone: null,
    entryUrl: null,
    createdAt: new Date(clock.now()),
  };
  const state = { ...room, paused: false, draining: false, epoch: 1 };
  const many = Array.from({ length: 1000 }, (_, i) => `concert_finished_${i}`);
  await native(models, 'concerts').insertMany(
    [generatedConcert, ...many].map((_id) => ({ _id, ...concert, room: state })),
  );
  const startsAt = new Date(clock.now() + 7 * 86_400_000);
  const dates = many.map((concertId) => ({ _id: `perf_of_${concertId}`, concertId, startsAt, seatsTotal: 0 }));
  const generated = { _id: 'perf_generated', concertId: generatedConcert, startsAt, seatsTotal: users * 6 };
  await native(models, 'performances').insertMany([generated, ...dates]);
}

const reasonFor = (plan: Plan) => exceptions.find(({ is }) => is(plan))?.reason;

test('the database is as large, and as uneven, as it is to be', async () => {
  const { models } = world.context;
  expect(await models.commands.estimatedDocumentCount()).toBeGreaterThan(200_000);
  expect(await models.seats.estimatedDocumentCount()).toBeGreaterThan(50_000);
  expect(plans.length).toBeGreaterThan(70);
});

test('no statement scans a collection, sorts in memory, or reads ten times what it returns, but for the exceptions', () => {
  const wrong = plans.filter((plan) => plan.faults.length > 0 && !reasonFor(plan));
  expect(
    wrong.map(
      ({ collection, shape, file, faults, keys, docs, returned }) =>
        `${file}: ${collection} ${shape}: ${faults.join(', ')} (${keys} keys, ${docs} documents, ${returned} returned)`,
    ),
  ).toEqual([]);
});

test('each exception is still needed', () => {
  const needed = new Set(plans.flatMap((plan) => (plan.faults.length > 0 ? [reasonFor(plan)] : [])));
  expect(exceptions.filter(({ reason }) => !needed.has(reason)).map(({ reason }) => reason)).toEqual([]);
});

test('everything that clients cause to be read outside transactions has a cap on its time', () => {
  expect(plans.filter(({ uncapped }) => uncapped).map(({ collection, shape }) => `${collection} ${shape}`)).toEqual([]);
});

test('nothing is written by the connections that are for reading', () => {
  expect(plans.filter(({ writtenByReads }) => writtenByReads).map(({ file }) => file)).toEqual([]);
});

test('docs/reference/indexes.md has these indexes (npm run docs:indexes writes it)', async () => {
  const page = await pageOfIndexes(world.context.models, plans, reasonFor);
  if (process.env.FRONTROW_WRITE_INDEXES) writeFileSync(indexPage, page);
  // Figures differ from run to run.
  expect(readIndexPage()).toEqual(expect.arrayContaining(readIndexPage(page)));
});
