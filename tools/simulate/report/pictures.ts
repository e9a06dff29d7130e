import type { Sample } from '../record';
import { lastMinute, type StepRow, type Summary } from './summary';
import { line, number, path, picture, plot, round, text, width } from './svg';

/** Most points that a curve, and a cloud, needs at this size. */
const mostPoints = 600;
const mostDots = 3000;

function thin<T>(items: T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.ceil(items.length / step) }, (_, i) => items[Math.floor(i * step)] as T);
}

interface Curve {
  label: string;
  className: string;
  /** For each look. */
  values: number[];
  limit: { value: number; name: string } | null;
}

/** A curve over the seconds of the sale, with a limit that it must stay below and the moment when all was sold. */
function curve(
  { seconds, soldOutSeconds }: Summary,
  samples: Sample[],
  { label, className, values, limit }: Curve,
): string {
  const max = Math.max(...values, limit?.value ?? 0) * 1.08;
  const { x, y, frame } = plot({ label: 'seconds', max: seconds }, { label, max });
  const points = samples.map(({ at }, i): [number, number] => [x(at / 1000), y(values[i] ?? 0)]);
  const bound = limit
    ? line(x(0), y(limit.value), width - 16, y(limit.value), 'limit') +
      text(width - 18, y(limit.value) - 6, `${limit.name} ${number(limit.value)}`, 'end', 'limit-name')
    : '';
  const end = soldOutSeconds === null ? '' : line(x(soldOutSeconds), y(0), x(soldOutSeconds), y(max), 'mark');
  return picture(label, frame + end + bound + path(thin(points, mostPoints), className));
}

export function linePicture(summary: Summary, samples: Sample[]): string {
  const values = samples.map(({ waiting }) => waiting);
  return curve(summary, samples, { label: 'people in line', className: 'curve one', values, limit: null });
}

export function insidePicture(summary: Summary, samples: Sample[]): string {
  const { maxActive } = summary.sale;
  const limit = maxActive === null ? null : { value: maxActive, name: 'limit' };
  const values = samples.map(({ inside }) => inside);
  return curve(summary, samples, { label: 'people inside', className: 'curve two', values, limit });
}

export function admissionsPicture(summary: Summary, samples: Sample[]): string {
  const { sale, fairness } = summary;
  const limit = sale.admitPerMinute === null ? null : { value: sale.admitPerMinute, name: 'limit' };
  const moments = samples.map(({ at }) => at);
  const values = lastMinute(fairness.entered, moments);
  return curve(summary, samples, { label: 'let in within the last minute', className: 'curve one', values, limit });
}

export function soldPicture(summary: Summary, samples: Sample[]): string {
  const limit = { value: summary.sale.seats, name: 'on sale' };
  const values = samples.map(({ sold }) => sold);
  return curve(summary, samples, { label: 'seats sold', className: 'curve two', values, limit });
}

/** Everybody who came in: a line without overtaking only ever rises. */
export function fairnessPicture({ fairness: { entered } }: Summary): string {
  const inOrder = [...entered].sort((a, b) => a - b);
  const [first, last] = [(inOrder[0] ?? 0) / 1000, (inOrder.at(-1) ?? 1) / 1000];
  const { x, y, frame } = plot(
    { label: 'place in line, by the order of joining', max: entered.length },
    { label: 'let in after, seconds', max: last * 1.05, min: Math.min(0, first) },
  );
  const places = entered.map((at, place): [number, number] => [place + 1, at / 1000]);
  const dots = thin(places, mostDots).map(([place, at]) => `M${round(x(place))} ${round(y(at))}h0`);
  return picture('Place in line against the time of coming in', `${frame}<path d="${dots.join('')}" class="dots"/>`);
}

const rowHeight = 34;
const stepWidth = 96;
const rightWidth = 76;

/** From the median to the 99th percentile of each step, on a logarithmic scale. */
export function latencyPicture(rows: StepRow[]): string {
  const tall = rows.length * rowHeight + 48;
  const from = Math.floor(Math.log10(Math.max(0.5, Math.min(...rows.map(({ p50 }) => p50)))));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...rows.map(({ p99 }) => p99)))));
  const x = (ms: number) => {
    const share = (Math.log10(Math.max(ms, 10 ** from)) - from) / (to - from);
    return stepWidth + share * (width - stepWidth - rightWidth);
  };
  const grid = Array.from({ length: to - from + 1 }, (_, i) => {
    const ms = 10 ** (from + i);
    return line(x(ms), 10, x(ms), tall - 34, 'grid') + text(x(ms), tall - 16, `${number(ms)} ms`, 'middle');
  });
  return picture(
    'Latencies by step',
    grid.join('') + rows.map((row, i) => range(row, 26 + i * rowHeight, x)).join(''),
    tall,
  );
}

function range({ step, p50, p95, p99 }: StepRow, y: number, x: (ms: number) => number): string {
  return (
    text(stepWidth - 14, y + 4, step, 'end', 'strong') +
    line(x(p50), y, x(p99), y, 'range') +
    line(x(p99), y - 6, x(p99), y + 6, 'range') +
    `<circle cx="${round(x(p50))}" cy="${y}" r="5" class="dot"/>` +
    `<circle cx="${round(x(p95))}" cy="${y}" r="4" class="ring"/>` +
    text(x(p99) + 9, y + 4, number(p99), 'start')
  );
}

const nameWidth = 190;

/** One bar for each name. */
export function barsPicture(label: string, counts: [string, number][], className: string): string {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const bars = counts.map(([name, count], i) => {
    const y = 6 + i * rowHeight;
    const long = Math.max(2, (count / most) * (width - nameWidth - rightWidth));
    return (
      text(nameWidth - 12, y + 17, name, 'end', 'strong') +
      `<rect x="${nameWidth}" y="${y}" width="${round(long)}" height="24" rx="3" class="bar ${className}"/>` +
      text(nameWidth + long + 8, y + 17, number(count), 'start')
    );
  });
  return picture(label, bars.join(''), counts.length * rowHeight + 6);
}
