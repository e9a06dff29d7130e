import { Counter, Gauge } from 'prom-client';
import type { Context } from '../context';

interface Sample {
  labels: Record<string, string>;
  value: number;
}

interface Queried {
  /** Without `frontrow_`; a name that ends in `_total` makes a counter. */
  name: string;
  help: string;
  labelNames?: string[];
  read(): Promise<Sample[]>;
}

/**
 * A number that is read when Prometheus scrapes. A number that can't be read is left out and counted in
 * `frontrow_collect_failures_total`: the scrape goes on, and no old number is repeated.
 */
export function addQueried({ metrics, logger }: Context, { name, help, labelNames = [], read }: Queried): void {
  async function refresh(metric: Gauge | Counter): Promise<void> {
    const samples = await read().catch((error: unknown) => {
      metrics.collectFailures.inc({ source: name });
      logger.debug({ error, metric: name }, 'number not read');
      return [];
    });
    metric.reset();
    // A gauge without labels would show 0 after the reset.
    if (samples.length === 0) metric.remove({});
    for (const { labels, value } of samples) metric.inc(labels, value);
  }
  // An increase from nothing to one is none to Prometheus.
  metrics.collectFailures.inc({ source: name }, 0);
  const common = { name: `frontrow_${name}`, help, labelNames, registers: [metrics.registry] };
  // The registry keeps the metric.
  if (name.endsWith('_total')) makeCounter(common, refresh);
  else makeGauge(common, refresh);
}

type Common = { name: string; help: string; labelNames: string[]; registers: Context['metrics']['registry'][] };

function makeCounter(common: Common, refresh: (metric: Counter) => Promise<void>): Counter {
  const counter: Counter = new Counter({ ...common, collect: () => refresh(counter) });
  return counter;
}

function makeGauge(common: Common, refresh: (metric: Gauge) => Promise<void>): Gauge {
  const gauge: Gauge = new Gauge({ ...common, collect: () => refresh(gauge) });
  return gauge;
}
