import { cpuSeconds } from '../../stack/process';
import { openConnection } from '../load/connection';
import type { StoreCalls, StoreCounters } from './store-counters';

/** What workers have counted: transactions, and the commands in them. */
interface Batches {
  count: number;
  commands: number;
}

/** @param ports where the workers show their metrics */
async function readBatches(ports: readonly number[]): Promise<Batches> {
  const all = await Promise.all(ports.map(readOne));
  const total = (of: keyof Batches) => all.reduce((sum, one) => sum + one[of], 0);
  return { count: total('count'), commands: total('commands') };
}

async function readOne(port: number): Promise<Batches> {
  const connection = await openConnection(port);
  const { body } = await connection.request('GET', '/metrics', {});
  connection.close();
  const value = (name: string) => {
    const lines = body.matchAll(new RegExp(`^frontrow_(?:group|batch)_size_${name}(?:\\{.*\\})? (\\S+)`, 'gm'));
    return Array.from(lines, ([, number]) => Number(number)).reduce((sum, number) => sum + number, 0);
  };
  return { count: value('count'), commands: value('sum') };
}

/** What has been used and done so far. */
export interface Reading extends StoreCalls {
  /** ms */
  at: number;
  /** CPU seconds by process. */
  cpu: Record<string, number>;
  batches: Batches;
}

/** Reads everything that is counted while one server is under load. */
export interface Probe {
  counters: StoreCounters;
  /** Whose CPU counts, by what to call them. */
  pids: Record<string, readonly number[]>;
  /** Where workers show their metrics. */
  metricsPorts: readonly number[];
}

/** To be read before a stretch: a scrape makes calls of its own, so it comes first. */
export async function readBefore(probe: Probe): Promise<Reading> {
  const batches = await readBatches(probe.metricsPorts);
  return { ...(await readCounters(probe)), batches };
}

export async function readAfter(probe: Probe): Promise<Reading> {
  const counters = await readCounters(probe);
  return { ...counters, batches: await readBatches(probe.metricsPorts) };
}

async function readCounters({ counters, pids }: Probe): Promise<Omit<Reading, 'batches'>> {
  const calls = await counters.read();
  const cpu = Object.entries(pids).map(([name, all]) => [name, all.reduce((sum, pid) => sum + cpuSeconds(pid), 0)]);
  const { user, system } = process.cpuUsage();
  return { ...calls, at: performance.now(), cpu: { ...Object.fromEntries(cpu), generator: (user + system) / 1e6 } };
}

export function cpuBetween(before: Reading, after: Reading): Record<string, number> {
  return Object.fromEntries(Object.entries(after.cpu).map(([name, s]) => [name, s - (before.cpu[name] ?? 0)]));
}

export function scaled(numbers: Record<string, number>, by: number): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, n * by]));
}
