import type { Growth } from './growth';
import type { CaseResult } from './run-case';

export interface Roofs {
  command: number;
  'seat map': number;
  job: number;
  /** Holds per second of the bare transaction loop. */
  transactions: number;
}

/** A Markdown table: steps per second, their share of the roof, latencies, and CPU by process. */
export function table(roofs: Roofs, results: readonly CaseResult[]): string {
  const head =
    '| What | Variant | per s | of bare Express | p50 ms | p99 ms | accept p50/p99 at half load | final p50/p99 at half load | CPU ms: API, workers, mongod, Redis | errors |';
  const roofRows = [
    `| bare Express: 202, seat map, job | roof | ${whole(roofs.command)}, ${whole(roofs['seat map'])}, ${whole(roofs.job)} | 1 | | | | | | |`,
    `| bare group transactions, holds | roof | ${whole(roofs.transactions)} | ${share(roofs.transactions, roofs.command)} | | | | | | |`,
  ];
  const rows = results.map(({ name, variant, roof, capacity, accept, final, cpu }) =>
    [
      '',
      name,
      variant,
      whole(capacity.perSecond),
      share(capacity.perSecond, roofs[roof]),
      short(capacity.p50),
      short(capacity.p99),
      accept ? `${short(accept.p50)} / ${short(accept.p99)}` : '',
      final ? `${short(final.p50)} / ${short(final.p99)}` : '',
      Object.values(cpu)
        .map((ms) => ms.toFixed(2))
        .join(', '),
      capacity.errors + (accept?.errors ?? 0) + (final?.errors ?? 0) || '',
      '',
    ]
      .join(' | ')
      .trim(),
  );
  return [head, head.replaceAll(/[^|]+/g, '---'), ...roofRows, ...rows, ...comparisons(roofs, results)].join('\n');
}

function comparisons(roofs: Roofs, results: readonly CaseResult[]): string[] {
  const rate = (name: string, variant: string) =>
    results.find((result) => result.name.startsWith(name) && result.variant === variant)?.capacity.perSecond;
  const line = (what: string, a = Number.NaN, b = Number.NaN) =>
    a / b > 0 ? [`- ${what}: ${(a / b).toFixed(2)}`] : [];
  return [
    '',
    ...line(
      'distinct holds, as configured : one by one',
      rate('holds, d', 'as configured'),
      rate('holds, d', 'one by one'),
    ),
    ...line('distinct holds : bare transactions', rate('holds, d', 'as configured'), roofs.transactions),
    ...line('hot seats : distinct seats', rate('holds, t', 'as configured'), rate('holds, d', 'as configured')),
    ...line(
      'hold, charge, pay, as configured : one by one',
      rate('hold, c', 'as configured'),
      rate('hold, c', 'one by one'),
    ),
  ];
}

export function growthTable(grown: readonly Growth[]): string {
  const rows = grown.map(
    ({ stored, perSecond, cpu }) =>
      `| ${stored} | ${whole(perSecond)} | ${Object.values(cpu)
        .map((ms) => ms.toFixed(2))
        .join(', ')} | ${(sum(cpu) / sum(grown[0]?.cpu ?? cpu)).toFixed(2)} |`,
  );
  return [
    '',
    '| stored commands and reservations | holds per s | CPU ms: API, workers, mongod, Redis | against the first |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const sum = (cpu: Growth['cpu']) => Object.values(cpu).reduce((total, ms) => total + ms);
const whole = (value: number) => String(Math.round(value));
const short = (value: number) => value.toFixed(value < 10 ? 1 : 0);
const share = (value: number, roof: number) => (value / roof).toFixed(2);
