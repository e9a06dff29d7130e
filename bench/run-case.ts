import type { Case } from './cases/case';
import { closedLoop, warmUpSeconds } from './load/closed-loop';
import { openLoop } from './load/open-loop';
import type { Summary } from './load/summary';
import { cpuSeconds, type Stack } from './stack/processes';
import type { BenchStores } from './stack/stores';
import type { BenchWorld } from './stack/world';

/** CPU milliseconds per step, by process. */
export type CpuCost = Record<'api' | 'workers' | 'mongod' | 'redis', number>;

export interface CaseResult {
  name: string;
  variant: string;
  roof: Case['roof'];
  commands: number;
  /** Each connection does one step after another, outcomes awaited. */
  capacity: Summary;
  cpu: CpuCost;
  /** At half the capacity, steps begun at a fixed rate. */
  accept?: Summary;
  final?: Summary;
}

interface Run {
  stack: Stack;
  stores: BenchStores;
  world: BenchWorld;
  variant: string;
  seconds: number;
  connections: number;
  /** About how many steps a second to make data for. */
  expectedPerSecond: number;
  latency: boolean;
}

export async function runCase(bench: Case, run: Run): Promise<CaseResult> {
  const { stack, world, seconds, connections, expectedPerSecond } = run;
  const { port } = stack;
  const steps = Math.ceil(expectedPerSecond * seconds);
  const warmUp = (await bench.prepare(world, Math.ceil(expectedPerSecond * warmUpSeconds)))(true);
  await closedLoop(port, connections, warmUpSeconds, warmUp);
  const step = (await bench.prepare(world, steps))(true);
  const before = cpuNow(run);
  const capacity = await closedLoop(port, connections, seconds, step);
  const cpu = perStep(before, cpuNow(run), capacity.count);
  const result = { name: bench.name, variant: run.variant, roof: bench.roof, commands: bench.commands, capacity, cpu };
  if (!run.latency) return result;
  const rate = capacity.perSecond / 2;
  const enough = Math.ceil(rate * seconds) + 100;
  const final = await openLoop(port, rate, seconds, (await bench.prepare(world, enough))(true));
  if (bench.commands !== 1) return { ...result, final };
  const accept = await openLoop(port, rate, seconds, (await bench.prepare(world, enough))(false));
  return { ...result, final, accept };
}

function cpuNow({ stack, stores }: Run): CpuCost {
  return {
    api: cpuSeconds(stack.api.pid),
    workers: stack.workers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0),
    mongod: cpuSeconds(stores.mongod.process.pid ?? 0),
    redis: cpuSeconds(stores.redis.process.pid ?? 0),
  };
}

function perStep(before: CpuCost, after: CpuCost, steps: number): CpuCost {
  const cost = (name: keyof CpuCost) => ((after[name] - before[name]) * 1000) / steps;
  return { api: cost('api'), workers: cost('workers'), mongod: cost('mongod'), redis: cost('redis') };
}
