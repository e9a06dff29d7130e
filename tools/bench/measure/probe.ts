import { cpuSeconds } from '../../stack/process';
import { type Batches, readBatches } from './batches';
import type { StoreCalls, StoreCounters } from './store-counters';

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
