import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { bindModels, type Models } from '../../shared/models';
import { openMongo } from '../../shared/platform/mongo';
import { markdownTable } from '../markdown';
import { readOptions, runCommand, whole } from '../options';
import { cpuSeconds } from '../stack/process';
import type { Product } from '../stack/product';
import { databaseUri, openStores, type Stores } from '../stack/stores';
import { command, each } from './cases/case';
import { openLoop } from './load/open-loop';
import { summarise } from './load/summary';
import { benchSettings, startMeasured } from './settings';
import { type Commits, followCommits, type Listeners, openListeners } from './streams/listeners';
import { openProduct } from './targets/product';
import type { Hall, Supplies } from './targets/target';

/**
 * What do live seat maps cost? Holds at a fixed rate, first with no subscriber, then with many streams open at the one
 * API process that takes the holds. `npm run bench:streams`; as it is, it ends within a minute.
 */
const options = { listeners: whole(1, 100_000, 1000), rate: whole(1, 10_000, 100), seconds: whole(1, 600, 5) };
const given = readOptions(process.argv.slice(2), options);
const { listeners: count = 0, rate = 0, seconds = 0 } = given ?? {};

/** Longest time for the last change to reach everybody, ms. */
const settleMs = 5000;
/** Of the measurement itself, ms: two loads, and as long as it may take to prepare them and to open the streams. */
const longestMs = (2 * seconds + 40) * 1000;

interface Load {
  /** CPU seconds of the API a second. */
  cpu: number;
  errors: number;
  seconds: number;
}

/** Every hold takes another seat of the hall. */
async function load({ api }: Product, product: Supplies, hall: Hall, allReceived = () => true): Promise<Load> {
  const visitors = await product.visitors(Math.ceil(hall.seatIds.length / 4), { join: true });
  const next = each(hall.seatIds);
  const path = `/v1/performances/${hall.performanceId}/holds`;
  const begun = performance.now();
  const cpuBefore = cpuSeconds(api.pid);
  const { errors, unexpected } = await openLoop(api.port, rate, seconds, (connection, client) => {
    const [seatId, visitor] = [next(), visitors[client % visitors.length]];
    if (!seatId || !visitor) return null;
    return command(connection, path, visitor, false, JSON.stringify({ seatIds: [seatId] })).then(() => {});
  });
  // What the last hold sets off belongs to it.
  const deadline = performance.now() + settleMs;
  do await sleep(100);
  while (!allReceived() && performance.now() < deadline);
  for (const answer of unexpected) console.error(answer);
  const took = (performance.now() - begun) / 1000;
  return { cpu: (cpuSeconds(api.pid) - cpuBefore) / took, errors, seconds: took };
}

/** Bytes. */
function rss(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

const log = (line: string) => console.error(`  ${line}`);

interface Measured {
  alone: Load;
  subscribed: Load;
  listeners: Listeners;
  commits: Commits;
  /** Before the streams, with them open, and after the load. */
  memory: [number, number, number];
}

async function measure(stack: Product, models: Models): Promise<Measured> {
  const product = await openProduct(stack.api.port);
  const [quiet, live] = await product.halls(2, rate * seconds);
  if (!quiet || !live) throw new Error('no halls');
  log('holds, no subscriber');
  const alone = await load(stack, product, quiet);
  const before = rss(stack.api.pid);
  const path = `/v1/performances/${live.performanceId}/seats/events`;
  log('listeners');
  const listeners = await openListeners(stack.api.port, path, count);
  const open = rss(stack.api.pid);
  const commits = await followCommits(models);
  log('holds, with listeners');
  const allReceived = () => listeners.received.every((received) => received === live.seatIds.length);
  const subscribed = await load(stack, product, live, allReceived);
  const after = rss(stack.api.pid);
  await commits.close();
  listeners.close();
  return { alone, subscribed, listeners, commits, memory: [before, open, after] };
}

function show({ alone, subscribed, listeners, commits, memory: [before, open, after] }: Measured): void {
  const frames = [...listeners.arrivals.values()].reduce((sum, { length }) => sum + length, 0);
  const received = listeners.received.reduce((sum, each) => sum + each, 0);
  const latencies = Array.from(listeners.arrivals, ([id, arrivals]) =>
    (listeners.changes.get(id) ?? []).flatMap((seatId) =>
      arrivals.map((at) => at - (commits.at.get(seatId) ?? Number.NaN)),
    ),
  ).flat();
  const { p50, p99 } = summarise(latencies, seconds, [], 0);
  const most = latencies.reduce((longest, each) => Math.max(longest, each), 0);
  const cpu = subscribed.cpu - alone.cpu;
  const rows: [string, string][] = [
    ['Listeners, holds a second', `${count}, ${rate}`],
    ['Events delivered a second', rounded(frames / subscribed.seconds)],
    ['Seat changes delivered a second', rounded(received / subscribed.seconds)],
    [
      'Listeners that received every change',
      String(listeners.received.filter((each) => each === rate * seconds).length),
    ],
    ['Commit to client, ms: p50, p99, longest', [p50, p99, most].map(rounded).join(', ')],
    ['CPU of the API process without, with listeners', `${percent(alone.cpu)}, ${percent(subscribed.cpu)}`],
    ['CPU for one delivered event, µs', ((cpu * subscribed.seconds * 1e6) / frames).toFixed(1)],
    ['Memory for one open stream, kB', ((open - before) / 1024 / count).toFixed(1)],
    [
      'Memory of the API process, MB: before, open, after',
      [before, open, after].map((b) => rounded(b / 2 ** 20)).join(', '),
    ],
    ['Errors', String(alone.errors + subscribed.errors)],
  ];
  console.log(markdownTable(['', ''], rows));
}

const rounded = (value: number) => String(Math.round(value));
const percent = (share: number) => `${Math.round(100 * share)} %`;

/** @throws when the machine is too busy for the numbers to mean anything */
async function tooLate(): Promise<never> {
  await sleep(longestMs);
  throw new Error(`not done within ${longestMs / 1000} s: this machine has other things to do`);
}

async function measureOn({ mongod, redis }: Stores): Promise<Measured> {
  const settings: Record<string, string> = {
    ...benchSettings(databaseUri(mongod.uri, 'bench_streams'), redis.uri),
    QUEUE_PREFIX: 'bench_streams',
    MAX_STREAMS_PER_ADDRESS: String(count),
    SHUTDOWN_SECONDS: '2',
  };
  const stack = await startMeasured(settings);
  const connection = await openMongo(settings.MONGODB_URI ?? '', 'bench');
  try {
    return await Promise.race([measure(stack, bindModels(connection)), tooLate()]);
  } finally {
    await Promise.all([stack.stop(), connection.close()]);
  }
}

async function main(): Promise<void> {
  if (!given) return console.log('npm run bench:streams -- [--listeners 1000] [--rate 100] [--seconds 5]');
  const stores = await openStores({ name: 'bench', log });
  show(await measureOn(stores).finally(() => stores.close()));
}

runCommand(main(), { leave: true });
