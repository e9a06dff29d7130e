import { path, picture, plot, round } from '../../simulate/report/svg';
import type { Answered, Series, Span } from '../ask-panels';
import { timeAxis } from './time-axis';
import { ticksWithUnit } from './units';

/** Colours of the style sheet, in turn. */
export const colours = 8;

type Point = [at: number, value: number];

/** The curves of a timeseries panel; a gap is where there is no number. */
export function curvesPicture({ panel, series }: Answered, span: Span): string {
  const { unit, custom } = panel.fieldConfig?.defaults ?? {};
  const drawn = custom?.stacking?.mode === 'normal' ? stacked(series) : series;
  const most = Math.max(0, ...drawn.flatMap(({ points }) => points.map(([, value]) => value ?? 0)));
  const vertical = ticksWithUnit(most || 1, unit);
  const { x, y, frame } = plot(timeAxis(span), { label: '', max: most || 1, ...vertical });
  const curves = drawn.map(({ points }, i) => {
    const colour = `c${i % colours}`;
    return runs(points).map((run) => {
      const places = run.map(([at, value]): [number, number] => [x(at), y(value)]);
      // One number by itself is no line.
      if (places.length === 1) return path([...places, ...places], `curve dot ${colour}`);
      return area(places, y(0), colour) + path(places, `curve ${colour}`);
    });
  });
  return picture(panel.title, frame + curves.flat().reverse().join(''));
}

function area(places: [number, number][], floor: number, colour: string): string {
  const [first, last] = [places[0]?.[0] ?? 0, places.at(-1)?.[0] ?? 0];
  const line = places.map(([x, y]) => `L${round(x)} ${round(y)}`).join('');
  return `<path d="M${round(first)} ${round(floor)}${line}L${round(last)} ${round(floor)}Z" class="area ${colour}"/>`;
}

/** Parts without a gap. */
function runs(points: Series['points']): Point[][] {
  const parts: Point[][] = [[]];
  for (const [at, value] of points) {
    if (value === null) parts.push([]);
    else parts.at(-1)?.push([at, value]);
  }
  return parts.filter((part) => part.length > 0);
}

/** Each on top of those before it. */
function stacked(series: Series[]): Series[] {
  const heights = new Map<number, number>();
  return series.map(({ name, points }) => ({
    name,
    points: points.map(([at, value]): [number, number | null] => {
      if (value === null) return [at, null];
      heights.set(at, (heights.get(at) ?? 0) + value);
      return [at, heights.get(at) ?? 0];
    }),
  }));
}
