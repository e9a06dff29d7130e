import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../stack/stores/free-port';
import { distinctHolds } from '../cases/holds';
import { untilShares } from '../lanes/shares';
import { closedLoop } from '../load/closed-loop';
import { openLoop } from '../load/open-loop';
import { cpuSeconds, type NodeProcess, startNode, untilAnswers } from '../stack/processes';
import { benchSettings } from '../stack/settings';
import { type BenchWorld, openWorld } from '../stack/world';
import { type Cpu, ofKinds, pidsOf, readCpu, used } from './cpu';
import { openRoundRobin } from './round-robin';
import type { ScaleStores } from './stores';

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

/** Starts so many processes on a database of their own, and drives holds through the load balancer. */
export async function measure(stores: ScaleStores, size: Size, load: Load): Promise<Measured> {
  const name = `scale_${size.apis}_${size.workers}_${randomBytes(3).toString('hex')}`;
  const uri = stores.mongods.uri.replace('/?', `/${name}?`);
  const settings = { ...benchSettings(uri, stores.cluster.url), QUEUE_PREFIX: name, MAX_BACKLOG_SECONDS: '3600' };
  const world = await openWorld(settings);
  const ports = await Promise.all(Array.from({ length: size.apis }, () => freePort(0)));
  const apis = ports.map((port, i) => startNode(`api ${i + 1}`, 'api/server.js', { ...settings, PORT: String(port) }));
  const workers = Array.from({ length: size.workers }, (_, i) =>
    startNode(`worker ${i + 1}`, 'workers/main.js', settings),
  );
  const balancer = await openRoundRobin(ports);
  try {
    await Promise.all(ports.map(untilReady));
    await untilShares(world.context, sharesOf(size.workers));
    return { ...size, ...(await drive(stores, world, { apis, workers }, balancer.port, load)) };
  } finally {
    await Promise.all([...apis, ...workers].map((each) => each.stop()));
    await balancer.close();
    await world.context.connection.dropDatabase();
    await world.close();
  }
}

/** Many processes that start at once on few cores take their time. */
function untilReady(port: number): Promise<void> {
  const again = () => untilAnswers(port, '/readyz');
  return again().catch(again).catch(again);
}

/** Lanes of seats and of wallets are shared out apart, and evenly. */
function sharesOf(workers: number): number[] {
  const share = (2 * lanesOfEach) / workers;
  if (!Number.isInteger(share)) throw new Error(`${workers} workers can't share ${2 * lanesOfEach} lanes evenly`);
  return Array(workers).fill(share);
}

async function drive(
  stores: ScaleStores,
  world: BenchWorld,
  { apis, workers }: { apis: NodeProcess[]; workers: NodeProcess[] },
  port: number,
  load: Load,
): Promise<Omit<Measured, keyof Size>> {
  const pids = await pidsOf(stores, apis, workers);
  const atRest = readCpu(pids);
  await sleep(idleMs);
  const idle = used(atRest, readCpu(pids), idleMs / 1000);
  const connections = load.connections * apis.length;
  const rate = (load.rate ?? 0) * apis.length;
  const warmUp = await distinctHolds.prepare(world, load.warmUp * apis.length);
  await closedLoop(port, connections, longestWarmUpSeconds, warmUp(true));
  const step = (await distinctHolds.prepare(world, (rate || mostPerSecond) * load.seconds))(true);
  const redisBefore = pids.redisPrimaries.map(cpuSeconds);
  const transactions = await committed(world);
  const before = readCpu(pids);
  const begun = performance.now();
  const { count, perSecond, p50, errors, unexpected } = rate
    ? await openLoop(port, rate, load.seconds, step)
    : await closedLoop(port, connections, load.seconds, step);
  for (const what of unexpected) console.error(`  unexpected: ${what}`);
  const seconds = (performance.now() - begun) / 1000;
  const busy = used(before, readCpu(pids), 1);
  const groupSize = count / ((await committed(world)) - transactions);
  const cpuMs = ofKinds((kind) => ((busy[kind] - idle[kind] * seconds) * 1000) / count);
  const ofEach = pids.redisPrimaries.map((pid, i) => cpuSeconds(pid) - (redisBefore[i] ?? 0));
  const busiestRedis = Math.max(...ofEach) / ofEach.reduce((sum, seconds) => sum + seconds, 0);
  const asked = rate ? `${rate} per s` : `${connections} in flight`;
  return { load: asked, perSecond, p50, errors, groupSize, cpuMs, idle, busiestRedis };
}

/** Transactions that the primary has committed since it started. */
async function committed({ context }: BenchWorld): Promise<number> {
  const status = await context.connection.getClient().db('admin').command({ serverStatus: 1 });
  return Number(status.transactions.totalCommitted);
}
