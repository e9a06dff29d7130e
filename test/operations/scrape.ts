import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';

/** A metric as its page shows it. */
export interface Scraped {
  type: string;
  /** Label sets and values by sample name; a histogram has samples `_bucket`, `_sum` and `_count`. */
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

/** Reads a metrics page; by metric name. */
export async function scrape(operations: string): Promise<Map<string, Scraped>> {
  return parseMetrics(await getText(`${operations}/metrics`));
}

function parseMetrics(page: string): Map<string, Scraped> {
  const metrics = new Map<string, Scraped>();
  let current: Scraped = { type: '', samples: [] };
  for (const line of page.split('\n')) {
    const [, name, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (name && type) {
      current = { type, samples: [] };
      metrics.set(name, current);
    }
    const [, sample, labels = '', value] = /^([a-z]\w*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (sample) current.samples.push({ name: sample, labels: readLabels(labels), value: Number(value) });
  }
  return metrics;
}

/** The value of one sample; 0 when there is none yet. */
export function total(metrics: Map<string, Scraped>, name: string, labels: Record<string, string> = {}): number {
  const samples = [...metrics.values()].flatMap((metric) => metric.samples);
  const wanted = Object.entries(labels);
  return samples
    .filter((sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

function readLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g), ([, name, value]) => [name, value]),
  );
}

function getText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      text(response as unknown as ReadableStream).then(resolve, reject);
    }).once('error', reject);
  });
}
