import { byName, markdownTable, short, sum, totalAndTop } from '../../markdown';
import type { Latency } from '../measure/all';
import type { Row } from '../measure/row';

const head = [
  'Case',
  'Clients',
  'Generator',
  'per s',
  'p50 ms',
  'p99 ms',
  'direct per s',
  'direct p50 ms',
  'product : direct',
  'CPU ms a step',
  'Batch',
  'MongoDB calls a command',
  'Redis calls a command',
  'Errors',
];

/** The product, beside the baseline that was measured right after it. */
export function mainTable(rows: readonly Row[]): string {
  return markdownTable(head, rows.map(cells));
}

function cells({ name, clients, generator, product, baseline }: Row): string[] {
  const errors = product.errors + (baseline?.errors ?? 0);
  return [
    name,
    String(clients),
    generator,
    ...[product.perSecond, product.p50, product.p99].map(short),
    ...[baseline?.perSecond, baseline?.p50].map(short),
    short(baseline && product.perSecond / baseline.perSecond),
    byName(product.cpu),
    short(product.batch),
    totalAndTop(product.mongo),
    `${totalAndTop(product.redis)}${product.redisInScripts >= 0.005 ? ` (in scripts ${short(product.redisInScripts)})` : ''}`,
    errors > 0 ? String(errors) : '',
  ];
}

/** What a step costs the baselines. */
export function baselineTable(rows: readonly Row[]): string {
  const all = rows.flatMap(({ name, clients, generator, baseline }) =>
    baseline
      ? [
          [
            name,
            String(clients),
            generator,
            ...[baseline.perSecond, baseline.p50, baseline.p99].map(short),
            byName(baseline.cpu),
            totalAndTop(baseline.mongo),
          ],
        ]
      : [],
  );
  return markdownTable(
    ['Case', 'Clients', 'Generator', 'per s', 'p50 ms', 'p99 ms', 'CPU ms a step', 'MongoDB calls a command'],
    all,
  );
}

const growthHead = [
  'Case',
  'Clients',
  'Generator',
  'per s: fresh, after',
  'after : fresh',
  'p50 ms: fresh, after',
  'after : fresh',
  'p99 ms: fresh, after',
  'after : fresh',
  'CPU ms a step: fresh, after',
  'after : fresh',
  'direct, whose database is as it was, per s after : fresh',
];

/** The same before and after many commands were carried out. Both have the same rows. */
export function growthTable(fresh: readonly Row[], after: readonly Row[]): string {
  return markdownTable(
    growthHead,
    fresh.flatMap((before, i) => {
      const now = after[i];
      return now ? [growthCells(before, now)] : [];
    }),
  );
}

function growthCells({ name, clients, generator, product, baseline }: Row, after: Row): string[] {
  const pair = (before: number, now: number) => [`${short(before)}, ${short(now)}`, short(now / before)];
  return [
    name,
    String(clients),
    generator,
    ...pair(product.perSecond, after.product.perSecond),
    ...pair(product.p50, after.product.p50),
    ...pair(product.p99, after.product.p99),
    ...pair(serversOf(product.cpu), serversOf(after.product.cpu)),
    short(baseline && after.baseline && after.baseline.perSecond / baseline.perSecond),
  ];
}

/** Not the generator: it only asks. */
function serversOf({ generator, ...servers }: Record<string, number>): number {
  return sum(servers);
}

export function latencyTable(latencies: readonly Latency[]): string {
  return markdownTable(
    ['Case', 'begun per s', 'accepted: p50 / p99 ms', 'final: p50 / p99 ms', 'Errors'],
    latencies.map(({ name, rate, accept, final }) => [
      name,
      short(rate),
      `${short(accept.p50)} / ${short(accept.p99)}`,
      `${short(final.p50)} / ${short(final.p99)}`,
      accept.errors + final.errors > 0 ? String(accept.errors + final.errors) : '',
    ]),
  );
}

/** How long each step of the flow takes, by the product and by `direct`. Null when no case has steps. */
export function stepsTable(rows: readonly Row[]): string | null {
  const withLaps = rows.filter(({ product }) => Object.keys(product.laps).length > 0);
  const [first] = withLaps;
  if (!first) return null;
  const parts = Object.keys(first.product.laps);
  const times = ({ laps }: Row['product']) =>
    parts.map((part) => `${short(laps[part]?.p50)} / ${short(laps[part]?.p99)}`);
  return markdownTable(
    ['Case', 'Clients', 'Generator', 'Server', ...parts.map((part) => `${part}: p50 / p99 ms`)],
    withLaps.flatMap(({ name, clients, generator, product, baseline }) => [
      [name, String(clients), generator, 'product', ...times(product)],
      ...(baseline ? [[name, String(clients), generator, 'direct', ...times(baseline)]] : []),
    ]),
  );
}
