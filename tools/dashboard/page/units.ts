import { niceTicks, number } from '../../simulate/report/svg';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps of Grafana's units in which a number may be told: from how many on, divided by what, said how. */
const scales: Record<string, [from: number, by: number, name: string][]> = {
  s: [
    [day, day, ' d'],
    [hour, hour, ' h'],
    [minute, minute, ' min'],
    [1, 1, ' s'],
    [0.001, 0.001, ' ms'],
    [0, 0.000_001, ' µs'],
  ],
  bytes: [
    [2 ** 30, 2 ** 30, ' GiB'],
    [2 ** 20, 2 ** 20, ' MiB'],
    [2 ** 10, 2 ** 10, ' KiB'],
    [0, 1, ' B'],
  ],
  percentunit: [[0, 0.01, ' %']],
  reqps: [[0, 1, ' req/s']],
  ops: [[0, 1, ' ops/s']],
  cps: [[0, 1, ' c/s']],
  none: [[0, 1, '']],
  short: [[0, 1, '']],
};

export const knownUnits = Object.keys(scales);

function scaleOf(value: number, unit: string): [by: number, name: string] {
  const steps = scales[unit] ?? [[0, 1, ` ${unit}`]];
  const [, by = 1, name = ''] = steps.find(([from]) => Math.abs(value) >= from) ?? [];
  return [by, name];
}

/** `182 ms`, `3.4 req/s`; 0 without a scale of its own. */
export function withUnit(value: number, unit = 'none'): string {
  if (value === 0) return unit in { s: 0, bytes: 0 } ? `0 ${unit === 's' ? 's' : 'B'}` : `0${scaleOf(0, unit)[1]}`;
  const [by, name] = scaleOf(value, unit);
  const told = value / by;
  return `${told < 0.1 ? told.toPrecision(1) : number(told)}${name}`;
}

/** Marks from 0 to `max`, round in the unit in which they are told; the last is not below `max`. */
export function ticksWithUnit(max: number, unit = 'none'): { ticks: number[]; format: (value: number) => string } {
  // A tenth more, so that what needs a mark at 1 s is not told in ms.
  const [by, name] = scaleOf(max * 1.1, unit);
  const most = max / by;
  const [first = 0, second = 1, ...more] = niceTicks(0, most, 1e-6);
  const step = second - first;
  const all = [first, second, ...more];
  if ((all.at(-1) ?? 0) < most - step * 1e-6) all.push((all.at(-1) ?? 0) + step);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    ticks: all.map((tick) => tick * by),
    format: (tick) => `${(tick / by).toLocaleString('en-US', { maximumFractionDigits: digits })}${name}`,
  };
}
