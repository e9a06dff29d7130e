/** Drawing by hand: a plot of fixed size that scales with its picture, its colours from the page's style sheet. */
export const width = 640;
const height = 300;
const left = 58;
const right = 16;
const top = 34;
const bottom = 44;

interface Scale {
  (value: number): number;
  ticks: number[];
}

interface Axis {
  label: string;
  max: number;
  /** 0 by default. */
  min?: number;
  /** Round whole numbers unless asked otherwise. */
  ticks?: number[];
  format?: (value: number) => string;
}

interface Plot {
  x: Scale;
  y: Scale;
  /** Grid, axes and labels. */
  frame: string;
}

/** @param whole whether ticks between whole numbers mean nothing */
export function plot(xAxis: Axis, yAxis: Axis): Plot {
  const x = linear(xAxis, left, width - right);
  const y = linear(yAxis, height - bottom, top);
  const grid = y.ticks.map((tick) => line(left, y(tick), width - right, y(tick), 'grid')).join('');
  const xTexts = x.ticks
    .map((tick) => text(x(tick), height - bottom + 17, (xAxis.format ?? number)(tick), 'middle'))
    .join('');
  const yTexts = y.ticks.map((tick) => text(left - 8, y(tick) + 4, (yAxis.format ?? number)(tick), 'end')).join('');
  const base = line(left, height - bottom, width - right, height - bottom, 'base');
  const labels =
    text((left + width - right) / 2, height - 6, xAxis.label, 'middle') + text(left - 46, 14, yAxis.label, 'start');
  return { x, y, frame: grid + base + xTexts + yTexts + labels };
}

function linear({ min = 0, max, ticks: given }: Axis, from: number, to: number): Scale {
  const ticks = given ?? niceTicks(min, Math.max(max, min + 1));
  const end = Math.max(max, ticks.at(-1) ?? 0, given ? 0 : min + 1);
  const scale = (value: number) => from + ((value - min) / (end - min)) * (to - from);
  return Object.assign(scale, { ticks });
}

/** Four to eight round numbers. @param least smallest step between two of them; 1: whole numbers only */
function niceTicks(min: number, max: number, least = 1): number[] {
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(least, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const first = Math.ceil(min / step) * step;
  return Array.from({ length: Math.floor((max - first) / step + 1e-9) + 1 }, (_, i) => first + i * step);
}

export function picture(label: string, content: string, tall = height): string {
  return `<svg viewBox="0 0 ${width} ${tall}" role="img" aria-label="${escaped(label)}">${content}</svg>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, name: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${name}"/>`;
}

export function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end', name = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" class="${name}">${escaped(content)}</text>`;
}

export function path(points: [x: number, y: number][], name: string): string {
  if (points.length === 0) return '';
  return `<path d="M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}" class="${name}"/>`;
}

export function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** `12,000`, `0.5`. */
export function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });
}

export function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
