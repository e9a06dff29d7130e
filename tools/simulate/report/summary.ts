import { percentile } from '../../percentile';
import { mostWithin } from '../check';
import { type Ending, endings, type Recorder, type Step, steps } from '../record';
import type { Sale } from '../sale';
import { number } from './svg';

export interface StepRow {
  step: Step;
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** What the table and the pictures are made of. Times in ms. */
export interface Summary {
  sale: Sale;
  users: number;
  seconds: number;
  requests: number;
  seatsSold: number;
  /** When the last seat was sold; null if some are left. */
  soldOutSeconds: number | null;
  rows: StepRow[];
  endings: [Ending, number][];
  codes: [string, number][];
  mostInMinute: number;
  longestLine: number;
  fairness: Fairness;
  violations: string[];
}

interface Fairness {
  /** In the order of joining: when each came in. */
  entered: number[];
  /** Who came in before somebody that had joined more than a second earlier. */
  overtook: number;
}

const minuteMs = 60_000;
/** Joins closer together than this may have reached the server in another order than their answers came back. */
const surelyEarlierMs = 1000;

export function summarise(sale: Sale, users: number, recorder: Recorder): Summary {
  const { samples, latencies, entries, statuses, purchases, now, violations } = recorder;
  const count = [...statuses.values()].reduce((sum, one) => sum + one, 0);
  return {
    ...{ sale, users, violations, requests: count },
    seconds: (samples.at(-1)?.at ?? 0) / 1000,
    seatsSold: purchases.reduce((sum, { seatIds }) => sum + seatIds.length, 0),
    soldOutSeconds:
      sale.own && now.sold >= sale.seats ? (samples.find(({ sold }) => sold >= sale.seats)?.at ?? 0) / 1000 : null,
    rows: steps.flatMap((step) => (latencies[step].length > 0 ? [rowOf(step, latencies[step])] : [])),
    endings: endings.flatMap((ending): [Ending, number][] =>
      recorder.endings[ending] > 0 ? [[ending, recorder.endings[ending]]] : [],
    ),
    codes: [...recorder.codes].sort(([, a], [, b]) => b - a),
    mostInMinute: mostWithin(
      entries.map(({ entered }) => entered),
      minuteMs,
    ),
    longestLine: Math.max(0, ...samples.map(({ waiting }) => waiting)),
    fairness: fairnessOf(entries),
  };
}

function rowOf(step: Step, latencies: number[]): StepRow {
  const sorted = [...latencies].sort((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share)) as [number, number, number];
  return { step, count: sorted.length, p50, p95, p99, max: sorted.at(-1) ?? 0 };
}

function fairnessOf(entries: Recorder['entries']): Fairness {
  const sorted = [...entries].sort((a, b) => a.joined - b.joined);
  let overtook = 0;
  let latest = Number.NEGATIVE_INFINITY;
  let earlier = 0;
  for (const { joined, entered } of sorted) {
    for (; (sorted[earlier]?.joined ?? Infinity) < joined - surelyEarlierMs; earlier += 1)
      latest = Math.max(latest, sorted[earlier]?.entered ?? latest);
    if (entered < latest) overtook += 1;
  }
  return { entered: sorted.map(({ entered }) => entered), overtook };
}

/** How many came in within the last minute, at each of these moments. */
export function lastMinute(entered: number[], moments: number[]): number[] {
  const sorted = [...entered].sort((a, b) => a - b);
  let [from, to] = [0, 0];
  return moments.map((at) => {
    while ((sorted[to] ?? Infinity) <= at) to += 1;
    while ((sorted[from] ?? Infinity) <= at - minuteMs) from += 1;
    return to - from;
  });
}

/** The same for a terminal. */
export function* reportLines(summary: Summary): Generator<string> {
  const { sale, users, seconds, seatsSold, soldOutSeconds, requests, rows, endings, codes, violations } = summary;
  const { mostInMinute, longestLine, fairness } = summary;
  const until = soldOutSeconds === null ? '' : `, the last one after ${number(soldOutSeconds)} s`;
  yield `${number(users)} people in ${number(seconds)} s: ${endings.map(([ending, count]) => `${number(count)} ${ending}`).join(', ')}`;
  yield `${number(seatsSold)} of ${number(sale.seats)} seats sold${until}; ${number(requests)} requests, ${number(requests / Math.max(seconds, 0.001))} a second`;
  const rate = sale.admitPerMinute === null ? '' : ` (${number(sale.admitPerMinute)} allowed)`;
  yield `in line at most ${number(longestLine)}; let in within a minute at most ${number(mostInMinute)}${rate}; overtaken by more than a second: ${number(fairness.overtook)}`;
  yield '';
  yield ['step', 'times', 'p50 ms', 'p95 ms', 'p99 ms', 'longest'].map(cell).join('');
  for (const { step, count, p50, p95, p99, max } of rows)
    yield [step, ...[count, p50, p95, p99, max].map(number)].map(cell).join('');
  if (codes.length > 0) yield '';
  for (const [code, count] of codes) yield `refused ${code}: ${number(count)}`;
  if (violations.length > 0) yield `\n${number(violations.length)} things happened that must not:`;
  for (const wrong of violations.slice(0, 20)) yield `  ${wrong}`;
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(13) : text.padStart(10);
}
