import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, openContext } from '../../../shared/context';
import { native } from '../../../shared/models';
import { loadConfig } from '../../../shared/platform/config';
import { migrate } from '../../operate/migrate/run-migrations';
import { cpuSeconds } from '../../stack/process';
import { type ApiProcess, type NodeProcess, startApi, startWorkers } from '../../stack/product';
import { type ClusterStores, databaseUri } from '../../stack/stores';
import { distinctHolds } from '../cases/holds';
import { closedLoop } from '../load/closed-loop';
import { openLoop } from '../load/open-loop';
import { benchSettings } from '../settings';
import { openProduct } from '../targets/product';
import type { Target } from '../targets/target';
import { type Cpu, ofKinds, pidsOf, readCpu, used } from './cpu';
import { openRoundRobin } from './round-robin';

export interface Size {
  apis: number;
  workers: number;
}

export interface Measured extends Size {
  /** What was asked for, such as '512 in flight' or '200 per s'. */
  load: string;
  perSecond: number;
  p50: number;
  errors: number;
  /** Holds for each transaction that the primary committed: what shares its cost. */
  groupSize: number;
  /** Milliseconds of CPU for each hold, by kind of process, beyond what the processes use at rest. */
  cpuMs: Cpu;
  /** Cores that all processes of a kind use while nobody asks for anything. */
  idle: Cpu;
  /** The part of the primaries' CPU that the busiest one used. Evenly spread over three: 0.33. */
  busiestRedis: number;
}

/** What is driven grows with the API processes: all but the seconds is for each of them. */
export interface Load {
  seconds: number;
  /** In flight all the time, unless there is a rate. */
  connections: number;
  /** Holds that begin in a second. */
  rate?: number | undefined;
  /** Holds before the measured ones: a new process runs its code several times slower than one that has optimised it. */
  warmUp: number;
}

const idleMs = 4000;
const longestWarmUpSeconds = 120;
const lanesOfEach = 8;
/** Seats are made for so many holds a second. */
const mostPerSecond = 3000;

/** Settings of processes on the stores' cluster, with a database and a prefix of their own. */
export function clusterSettings({ mongods, cluster }: ClusterStores, kind: string): Record<string, string> {
  const name = `${kind}_${randomBytes(3).toString('hex')}`;
  const settings = benchSettings(databaseUri(mongods.uri, name), cluster.url);
  return { ...process.env, ...settings, QUEUE_PREFIX: name, MAX_BACKLOG_SECONDS: '3600' };
}

/** Starts so many processes on a database of their own, and drives holds through the load balancer. */
export async function measure(stores: ClusterStores, size: Size, load: Load): Promise<Measured> {
  const settings = clusterSettings(stores, 'scale');
  await migrate(settings.MONGODB_URI ?? '');
  const context = await openContext(loadConfig(settings), 'bench');
  const apis: ApiProcess[] = [];
  const workers: NodeProcess[] = [];
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  try {
    const started = await Promise.allSettled([
      ...numbers(size.apis).map(async (i) => apis.push(await startApi({ name: `api ${i}`, env: settings }))),
      ...numbers(size.workers).map(async (i) =>
        workers.push(await startWorkers({ name: `worker ${i}`, env: settings })),
      ),
    ]);
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    await untilShares(context, sharesOf(size.workers));
    const balancer = await openRoundRobin(apis.map(({ port }) => port));
    const product = await openProduct(balancer.port);
    const drivenThrough = drive(stores, context, product, { apis, workers }, load);
    return { ...size, ...(await drivenThrough.finally(balancer.close)) };
  } finally {
    await Promise.all([...apis, ...workers].map((each) => each.stop()));
    await context.connection.dropDatabase();
    await context.lifecycle.close();
  }
}

/** Lanes of seats and of wallets are shared out apart, and evenly. */
function sharesOf(workers: number): number[] {
  const share = (2 * lanesOfEach) / workers;
  if (!Number.isInteger(share)) throw new Error(`${workers} workers can't share ${2 * lanesOfEach} lanes evenly`);
  return Array(workers).fill(share);
}

async function drive(
  stores: ClusterStores,
  context: Context,
  product: Target,
  { apis, workers }: { apis: NodeProcess[]; workers: NodeProcess[] },
  load: Load,
): Promise<Omit<Measured, keyof Size>> {
  const { port } = product;
  const pids = await pidsOf(stores, apis, workers);
  const atRest = readCpu(pids);
  await sleep(idleMs);
  const idle = used(atRest, readCpu(pids), idleMs / 1000);
  const connections = load.connections * apis.length;
  const rate = (load.rate ?? 0) * apis.length;
  const warmUp = await distinctHolds.prepare(product, load.warmUp * apis.length);
  await closedLoop(port, connections, longestWarmUpSeconds, warmUp(true));
  const step = (await distinctHolds.prepare(product, (rate || mostPerSecond) * load.seconds))(true);
  const redisBefore = pids.redisPrimaries.map(cpuSeconds);
  const transactions = await committed(context);
  const before = readCpu(pids);
  const begun = performance.now();
  const { count, perSecond, p50, errors, unexpected } = rate
    ? await openLoop(port, rate, load.seconds, step)
    : await closedLoop(port, connections, load.seconds, step);
  for (const what of unexpected) console.error(`  unexpected: ${what}`);
  const seconds = (performance.now() - begun) / 1000;
  const busy = used(before, readCpu(pids), 1);
  const groupSize = count / ((await committed(context)) - transactions);
  const cpuMs = ofKinds((kind) => ((busy[kind] - idle[kind] * seconds) * 1000) / count);
  const ofEach = pids.redisPrimaries.map((pid, i) => cpuSeconds(pid) - (redisBefore[i] ?? 0));
  const busiestRedis = Math.max(...ofEach) / ofEach.reduce((sum, seconds) => sum + seconds, 0);
  const asked = rate ? `${rate} per s` : `${connections} in flight`;
  return { load: asked, perSecond, p50, errors, groupSize, cpuMs, idle, busiestRedis };
}

/** Transactions that the primary has committed since it started. */
async function committed({ connection }: Context): Promise<number> {
  const status = await connection.getClient().db('admin').command({ serverStatus: 1 });
  return Number(status.transactions.totalCommitted);
}

/** How many live leases each worker has. */
async function readShares({ models }: Context): Promise<number[]> {
  const owned = await native(models, 'lanes')
    .aggregate<{ count: number }>([
      { $match: { owner: { $ne: null }, $expr: { $gt: ['$leaseUntil', '$$NOW'] } } },
      { $group: { _id: '$owner', count: { $sum: 1 } } },
      { $sort: { count: 1 } },
    ])
    .toArray();
  return owned.map(({ count }) => count);
}

/** Milliseconds until the shares are as wanted. @throws after half a minute */
export async function untilShares(context: Context, wanted: readonly number[]): Promise<number> {
  const begun = performance.now();
  while ((await readShares(context)).join() !== wanted.join()) {
    if (performance.now() - begun > 30_000) throw new Error(`never shared as ${wanted}: ${await readShares(context)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - begun;
}
