import type { Case } from '../cases/case';
import { charges, joins, payments } from '../cases/charges';
import { cancellations, offers, releases } from '../cases/coming-back';
import { flow } from '../cases/flow';
import { distinctHolds, hotHolds } from '../cases/holds';
import { jobRead, seatMap } from '../cases/reads';
import type { Generator } from '../load/generators';
import { openLoop } from '../load/open-loop';
import type { Summary } from '../load/summary';
import type { Options } from '../options';
import type { Target } from '../targets/target';
import type { Testbed } from '../testbed';
import { measureRow, type Row } from './row';

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

async function measureLatency(target: Target, bench: Case, rate: number, seconds: number): Promise<Latency> {
  const one = async (wait: boolean) => {
    const make = await bench.prepare(target, Math.ceil(rate * seconds) + spare);
    return openLoop(target.port, rate, seconds, make(wait));
  };
  const final = await one(true);
  return { name: bench.name, rate, accept: await one(false), final };
}

export interface Measured {
  rows: Row[];
  latencies: Latency[];
}

const cases: Case[] = [
  distinctHolds,
  hotHolds,
  charges,
  payments,
  flow,
  cancellations,
  releases,
  offers,
  joins,
  seatMap,
  jobRead,
];
const ofLatency: Case[] = [distinctHolds, charges, payments];

/** A server's code is compiled for what it meets: the first stretch of a case warms up for longer. */
const [firstWarmUp, laterWarmUp] = [3, 1];

export async function measureAll(testbed: Testbed, options: Options, log: (line: string) => void): Promise<Measured> {
  const measured: Measured = { rows: [], latencies: [] };
  const known = new Map<string, number>();
  for (const bench of cases.filter(({ name }) => options.only.some((word) => name.includes(word)))) {
    for (const generator of generatorsOf(bench, options)) {
      for (const [i, clients] of options.clients.entries()) {
        log(`${bench.name}, clients: ${clients}, ${generator}`);
        const warmUpSeconds = Math.min(options.seconds, i === 0 ? firstWarmUp : laterWarmUp);
        const plan = { bench, clients, generator, seconds: options.seconds, warmUpSeconds, known };
        measured.rows.push(await measureRow(testbed, plan));
      }
    }
    if (!options.latency || !ofLatency.includes(bench)) continue;
    log(`${bench.name}, at half of the capacity`);
    const rate = capacity(measured.rows, bench) / 2;
    measured.latencies.push(await measureLatency(testbed.product.target, bench, rate, options.seconds));
  }
  return measured;
}

function generatorsOf(bench: Case, { generator }: Options): Generator[] {
  if (generator) return [generator];
  return bench === flow ? ['lean', 'undici'] : ['lean'];
}

/** Steps a second with the most clients. */
function capacity(rows: readonly Row[], { name }: Case): number {
  const all = rows.filter((row) => row.name === name);
  return all.reduce((most, row) => (row.clients > most.clients ? row : most)).product.perSecond;
}
