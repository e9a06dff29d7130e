import { byName, markdownTable, short, totalAndTop } from '../../markdown';
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
