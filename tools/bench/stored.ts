import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../api/app';
import { openApiContext } from '../../api/context';
import { createHttpServer } from '../../api/http/server';
import { defaultRoom } from '../../shared/concerts/concert.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { createClock } from '../../shared/platform/clock';
import { loadConfig } from '../../shared/platform/config';
import { createWaitingRoom, roomOptions } from '../../shared/waiting-room/waiting-room';
import { startAdmission } from '../../workers/waiting-room/admission';
import { createRooms } from '../../workers/waiting-room/rooms';
import { migrate } from '../operate/migrate/run-migrations';
import { runCommand } from '../options';
import { percentile } from '../percentile';
import { runSettings } from '../stack/settings';
import { databaseUri, openStores, type Stores } from '../stack/stores';
import { generateDatabase, generateHeavyUser } from './audit/generate-database';
import { measureFlood } from './stored/flood';

/**
 * What stored commands and finished concerts cost a request and a tick: `npm run bench:stored -- 1000 1000000`. Each size on
 * stores of its own; of the commands a quarter are those of the user who asks.
 */
async function main(): Promise<void> {
  const sizes = process.argv.slice(2).map(Number);
  const rows: Record<string, Record<string, string>> = {};
  for (const size of sizes.length > 0 ? sizes : [1000, 1_000_000])
    for (const [what, cost] of Object.entries(await measure(size)))
      rows[what] = { ...rows[what], [`${size} stored`]: cost };
  console.table(rows);
}

const commandsPerUser = 16.3;
const tries = 200;

async function measure(size: number): Promise<Record<string, string>> {
  const stores = await openStores({ name: 'bench-stored', log: () => undefined });
  try {
    return await measureOn(stores, size);
  } finally {
    await stores.close();
  }
}

async function measureOn(stores: Stores, size: number): Promise<Record<string, string>> {
  const uris = { MONGODB_URI: databaseUri(stores.mongod.uri, 'stored'), REDIS_URL: stores.redis.uri };
  const config = loadConfig(runSettings({ LOG_LEVEL: 'error', AUDIT_EVERY_MINUTES: '0', ...uris }));
  await migrate(config.MONGODB_URI);
  const context = await openApiContext(config, createClock());
  try {
    const server = createHttpServer(createApp(context), context).listen(0, '127.0.0.1');
    await once(server, 'listening');
    context.lifecycle.onClose('server', () => server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { token, userId } = await signIn(url);
    const users = Math.max(1, Math.round((size * 0.75) / commandsPerUser));
    await generateDatabase(context.models, users, Date.now());
    await generateHeavyUser(context.models, userId, users, Math.max(500, size * 0.22));
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    return {
      ...(await measureRequests(context, url, headers)),
      ...(await measureTick(context, size / 100)),
      ...(await measureFlood(context, size / 10)),
    };
  } finally {
    await context.lifecycle.close();
  }
}

async function signIn(url: string): Promise<{ token: string; userId: string }> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${url}/v1/sign-in`, { method: 'POST', headers, body: JSON.stringify({ name: 'heavy' }) });
  return (await answer.json()) as { token: string; userId: string };
}

async function measureRequests({ models }: Context, url: string, headers: Record<string, string>) {
  await native(models, 'concerts').insertOne({
    ...{ _id: 'concert_bench', title: 'Bench', opensAt: null, timeZone: null, entryUrl: null, createdAt: new Date() },
    room: { ...defaultRoom, maxActive: 1 },
  });
  const startsAt = new Date(Date.now() + 86_400_000);
  const date = { _id: 'perf_bench', concertId: 'concert_bench', startsAt, seatsTotal: 1 };
  await native(models, 'performances').insertOne(date);
  const at = { performanceId: 'perf_bench', section: 'A', row: '1', number: 1, price: 1 };
  await native(models, 'seats').insertOne({ _id: 'perf_bench-A-1', ...at, status: 'available', holdId: null });
  const post = (path: string, key: string, body: object, more = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': key, ...more },
      body: JSON.stringify(body),
    });
  await (await post('/v1/points/charges', 'again', { amount: 5 })).text();
  const hold = (i: number) => post('/v1/performances/perf_bench/holds', `key-${i}`, { seatIds: ['perf_bench-A-1'] });
  const replay = () => post('/v1/points/charges', 'again', { amount: 5 });
  const stream = async () => {
    const closing = new AbortController();
    const { status, body } = await fetch(`${url}/v1/jobs/events`, { headers, signal: closing.signal });
    await body?.getReader().read();
    closing.abort();
    return { status, text: async () => '' };
  };
  return {
    'gate refusal, ms': await timed(hold, 403),
    'replay, ms': await timed(replay, 202),
    'job stream, first byte, ms': await timed(stream, 200),
  };
}

/** p50 and p99 of one request after another. */
async function timed(
  ask: (i: number) => Promise<{ status: number; text(): Promise<string> }>,
  wanted: number,
): Promise<string> {
  const took: number[] = [];
  for (let i = 0; i < tries; i += 1) {
    const began = performance.now();
    const answer = await ask(i);
    await answer.text();
    took.push(performance.now() - began);
    if (answer.status !== wanted) throw new Error(`answered ${answer.status}, not ${wanted}`);
  }
  return `${percentile(took, 0.5).toFixed(1)} (p99 ${percentile(took, 0.99).toFixed(1)})`;
}

const tickMs = 10_000;

/** Commands that Redis carries out in a second of ticks, with so many finished concerts, each of which once had a line. */
async function measureTick(context: Context, concerts: number): Promise<Record<string, string>> {
  const { models, redis, clock, config } = context;
  const room = { ...defaultRoom, maxActive: 10 };
  const made = { title: 'Finished', opensAt: null, timeZone: null, entryUrl: null, createdAt: new Date(), room };
  const docs = Array.from({ length: concerts }, (_, i) => ({ _id: `concert_done_${i}`, ...made }));
  await native(models, 'concerts').insertMany(docs);
  const waitingRoom = createWaitingRoom({ redis, clock, ...roomOptions(config) });
  const admission = startAdmission(context, waitingRoom, createRooms(context), 'worker_bench');
  // The first look through all of them is over by then.
  await sleep((concerts / 100) * config.ADMIT_MS + 2000);
  const before = await scriptCalls(context);
  await sleep(tickMs);
  const calls = (await scriptCalls(context)) - before;
  await admission.stop();
  return {
    'tick: script calls a second, one finished concert for 100 commands': ((calls * 1000) / tickMs).toFixed(1),
  };
}

async function scriptCalls({ redis }: Context): Promise<number> {
  const stats = await redis.info('commandstats');
  return ['evalsha', 'eval'].reduce(
    (sum, name) => sum + Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0),
    0,
  );
}

runCommand(main());
