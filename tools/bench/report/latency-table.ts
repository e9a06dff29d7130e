import { markdownTable, short } from '../../markdown';
import type { Latency } from '../measure/latency';

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
