import type { Case } from '../cases/case';
import { openLoop } from '../load/open-loop';
import type { Summary } from '../load/summary';
import type { Target } from '../targets/target';

/** At half of the capacity, steps begun at a fixed rate whether earlier ones are answered or not. */
export interface Latency {
  name: string;
  /** Steps a second. */
  rate: number;
  /** Until the command is accepted. */
  accept: Summary;
  /** Until its outcome is known. */
  final: Summary;
}

const spare = 100;

export async function measureLatency(target: Target, bench: Case, rate: number, seconds: number): Promise<Latency> {
  const one = async (wait: boolean) => {
    const make = await bench.prepare(target, Math.ceil(rate * seconds) + spare);
    return openLoop(target.port, rate, seconds, make(wait));
  };
  const final = await one(true);
  return { name: bench.name, rate, accept: await one(false), final };
}
