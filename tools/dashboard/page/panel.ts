import { escaped, path, round } from '../../simulate/report/svg';
import { type Answered, hasNumbers, type Series, type Span } from '../ask-panels';
import type { Field, Panel } from '../dashboard-file';
import { colours, curvesPicture } from './curves';
import { withUnit } from './units';

/** What a legend has room for, letters; each name has its maximum beside it. */
const mostLetters = 118;
const lettersOfMost = 16;

/** One panel, or the head of a row, at its place. */
export function panelBox(answered: Answered, span: Span): string {
  const { panel } = answered;
  const place = placeOf(panel);
  const title = escaped(panel.title);
  if (panel.type === 'row') return `<h2 ${place}>${title}</h2>`;
  const about = escaped(panel.description ?? '');
  const head = `<h3 title="${about}">${title}</h3>`;
  if (answered.errors.length > 0) return box(place, head, `<p class="none">${escaped(answered.errors.join(' '))}</p>`);
  if (!hasNumbers(answered)) return box(place, head, `<p class="none">No data</p><p class="why">${about}</p>`);
  if (panel.type === 'stat') return statBox(answered, place, head);
  return box(place, head, curvesPicture(answered, span) + legend(answered.series, panel));
}

function placeOf({ gridPos: { x, y, w, h } }: Panel): string {
  return `style="grid-area:${y + 1}/${x + 1}/span ${h}/span ${w}"`;
}

function box(place: string, head: string, content: string, more = ''): string {
  return `<section ${place}${more}>${head}${content}</section>`;
}

/** What each curve is, and its last number; those with the largest numbers if there is no room for all. */
function legend(series: Series[], { fieldConfig }: Panel): string {
  const most = ({ points }: Series) => Math.max(0, ...points.map(([, value]) => value ?? 0));
  const named = series.map((one, i) => ({ one, i, most: most(one) }));
  const letters = (some: typeof named) => some.reduce((sum, { one }) => sum + one.name.length + lettersOfMost, 0);
  const shown = [...named];
  if (letters(shown) > mostLetters) shown.sort((a, b) => b.most - a.most);
  while (shown.length > 1 && letters(shown) > mostLetters) shown.pop();
  const names = shown.map(({ one, i, most: peak }) => {
    const told = withUnit(peak, fieldConfig?.defaults.unit);
    return `<li class="c${i % colours}">${escaped(one.name)} <i>max ${escaped(told)}</i></li>`;
  });
  if (named.length > shown.length) names.push(`<li class="rest">and ${named.length - shown.length} more</li>`);
  return `<ul>${names.join('')}</ul>`;
}

/** The last number on the colour of its threshold, over a small picture of those before. */
function statBox({ panel, series }: Answered, place: string, head: string): string {
  const field = panel.fieldConfig?.defaults ?? {};
  const values = (series[0]?.points ?? []).flatMap(([, value]) => (value === null ? [] : [value]));
  const last = values.at(-1) ?? 0;
  const number = `<b>${escaped(withUnit(last, field.unit))}</b>`;
  return box(place, head, number + spark(values), ` class="stat ${colourOf(last, field)}"`);
}

function colourOf(value: number, { thresholds }: Field): string {
  const passed = thresholds?.steps.filter((step) => value >= (step.value ?? Number.NEGATIVE_INFINITY));
  return passed?.at(-1)?.color ?? 'green';
}

function spark(values: number[]): string {
  const [wide, tall] = [200, 40];
  const most = Math.max(...values, 1e-9);
  const step = wide / Math.max(1, values.length - 1);
  const places = values.map((value, i): [number, number] => [i * step, tall - (value / most) * (tall - 2)]);
  const line = path([[0, tall], ...places, [wide, tall]], 'spark');
  return `<svg viewBox="0 0 ${wide} ${round(tall)}" preserveAspectRatio="none" aria-hidden="true">${line}</svg>`;
}
