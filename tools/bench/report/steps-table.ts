import { markdownTable, short } from '../../markdown';
import type { Row } from '../measure/row';

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
