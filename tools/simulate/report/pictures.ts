import type { Look } from '../record';
import { lastMinute, type Summary } from './summary';
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
  looks: Look[],
  { label, className, values, limit }: Curve,
): string {
  const max = Math.max(...values, limit?.value ?? 0) * 1.08;
  const { x, y, frame } = plot({ label: 'seconds', max: seconds }, { label, max });
  const points = looks.map(({ at }, i): [number, number] => [x(at / 1000), y(values[i] ?? 0)]);
  const bound = limit
    ? line(x(0), y(limit.value), width - 16, y(limit.value), 'limit') +
      text(width - 18, y(limit.value) - 6, `${limit.name} ${number(limit.value)}`, 'end', 'limit-name')
    : '';
  const end = soldOutSeconds === null ? '' : line(x(soldOutSeconds), y(0), x(soldOutSeconds), y(max), 'mark');
  return picture(label, frame + end + bound + path(thin(points, mostPoints), className));
}

export function linePicture(summary: Summary, looks: Look[]): string {
  const values = looks.map(({ waiting }) => waiting);
  return curve(summary, looks, { label: 'people in line', className: 'curve one', values, limit: null });
}

export function insidePicture(summary: Summary, looks: Look[]): string {
  const { maxActive } = summary.sale;
  const limit = maxActive === null ? null : { value: maxActive, name: 'limit' };
  const values = looks.map(({ inside }) => inside);
  return curve(summary, looks, { label: 'people inside', className: 'curve two', values, limit });
}

export function admissionsPicture(summary: Summary, looks: Look[]): string {
  const { sale, fairness } = summary;
  const limit = sale.admitPerMinute === null ? null : { value: sale.admitPerMinute, name: 'limit' };
  const moments = looks.map(({ at }) => at);
  const values = lastMinute(fairness.entered, moments);
  return curve(summary, looks, { label: 'let in within the last minute', className: 'curve one', values, limit });
}

export function soldPicture(summary: Summary, looks: Look[]): string {
  const limit = { value: summary.sale.seats, name: 'on sale' };
  const values = looks.map(({ sold }) => sold);
  return curve(summary, looks, { label: 'seats sold', className: 'curve two', values, limit });
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
