import type { Summary } from './summary';
import { number } from './svg';

/** The same for a terminal. */
export function* reportLines(summary: Summary): Generator<string> {
  const { sale, users, seconds, seatsSold, soldOutSeconds, requests, rows, endings, codes, wrongs } = summary;
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
  if (wrongs.length > 0) yield `\n${number(wrongs.length)} things happened that must not:`;
  for (const wrong of wrongs.slice(0, 20)) yield `  ${wrong}`;
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(13) : text.padStart(10);
}
