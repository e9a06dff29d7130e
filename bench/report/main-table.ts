import type { Row } from '../measure/row';
import { byName, markdownTable, short, totalAndTop } from './markdown';

const head = [
  'Case',
  'Clients',
  'Generator',
  'per s',
  'p50 ms',
  'p99 ms',
  'baseline per s',
  'p50 ms',
  'product : baseline',
  'CPU ms a step',
  'Batch',
  'MongoDB calls a command',
  'Redis calls a command',
  'Errors',
];

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
    totalAndTop(product.redis),
    errors > 0 ? String(errors) : '',
  ];
}

export function stepsTable(rows: readonly Row[]): string {
  const withLaps = rows.filter(({ product }) => Object.keys(product.laps).length > 0);
  const [first] = withLaps;
  if (!first) return '';
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
