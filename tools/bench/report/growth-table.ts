import { markdownTable, short, sum } from '../../markdown';
import type { Row } from '../measure/row';

const head = [
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
    head,
    fresh.flatMap((before, i) => {
      const now = after[i];
      return now ? [cells(before, now)] : [];
    }),
  );
}

function cells({ name, clients, generator, product, baseline }: Row, after: Row): string[] {
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
