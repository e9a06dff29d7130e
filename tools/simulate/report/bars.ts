import type { StepRow } from './summary';
import { line, number, picture, round, text, width } from './svg';

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
