import { setTimeout as sleep } from 'node:timers/promises';
import type { Case, Laps, StepMaker } from '../cases/case';
import { closedLoop } from '../load/closed-loop';
import { type Generator, generators } from '../load/generators';
import { percentiles, type Summary } from '../load/summary';
import { cpuBetween, type Probe, readAfter, readBefore, scaled } from './probe';
import { type Calls, callsSince } from './store-counters';
import type { Surroundings } from './surroundings';

/** What one stretch of load gave and cost. */
export interface Figures extends Summary {
  /** CPU milliseconds per step, by process. */
  cpu: Record<string, number>;
  /** Mean commands of one transaction of the workers; null when there was none. */
  batch: number | null;
  /** Calls per command (per step, if it is none) by name, beyond those of idle servers. */
  mongo: Calls;
  redis: Calls;
  /** What Redis' own scripts called, all in all. */
  redisInScripts: number;
  /** Of the parts of a step that has several, ms. */
  laps: Record<string, Pick<Summary, 'p50' | 'p99'>>;
}

interface Stretch {
  port: number;
  clients: number;
  seconds: number;
  generator: Generator;
}

/** What the last answers set off belongs to the stretch, ms. */
const settleMs = 100;

export async function runStretch(
  { port, clients, seconds, generator }: Stretch,
  { commands }: Pick<Case, 'commands'>,
  make: StepMaker,
  probe: Probe,
  { idle, scriptCalls }: Surroundings,
): Promise<Figures> {
  const laps: Laps = {};
  const before = await readBefore(probe);
  const summary = await closedLoop(port, clients, seconds, make(true, laps), generators[generator]);
  await sleep(settleMs);
  const after = await readAfter(probe);
  const per = summary.count * (commands || 1);
  const took = (after.at - before.at) / 1000;
  const calls = (of: 'mongo' | 'redis') => {
    return scaled(beyond(callsSince(before[of], after[of]), idle[of], took), 1 / per);
  };
  const redis = calls('redis');
  const fromClients = scriptCalls.ofClients(redis);
  const batches = after.batches.count - before.batches.count;
  return {
    ...summary,
    cpu: scaled(cpuBetween(before, after), 1000 / summary.count),
    batch: batches > 0 ? (after.batches.commands - before.batches.commands) / batches : null,
    mongo: calls('mongo'),
    redis: fromClients,
    redisInScripts: sum(redis) - sum(fromClients),
    laps: Object.fromEntries(Object.entries(laps).map(([part, times]) => [part, percentiles(times)])),
  };
}

function beyond(calls: Calls, perSecond: Calls, seconds: number): Calls {
  const all = Object.entries(calls).map(([name, n]) => [name, n - (perSecond[name] ?? 0) * seconds] as const);
  return Object.fromEntries(all.filter(([, n]) => n > 0));
}

function sum(numbers: Record<string, number>): number {
  return Object.values(numbers).reduce((total, n) => total + n, 0);
}
