import { useRef } from 'preact/hooks';

interface Sample {
  total: number;
  /** ms */
  at: number;
}

/** ms that a rate is measured over, and samples that are kept for the curve. */
const spanMs = 10_000;
const keptSamples = 60;

interface Rates {
  /** Per second; null until there were two samples. */
  now: number | null;
  /** Per second, sample after sample, the newest last. */
  curve: number[];
}

/** How fast a total grows, from one sample to the next. A sample is another object each time. */
export function useRates(sample: object | null, total: number): Rates {
  const samples = useRef<Sample[]>([]);
  const last = useRef<object | null>(null);
  if (sample && sample !== last.current) {
    last.current = sample;
    const at = performance.now();
    // A smaller total is another database's.
    if (total < (samples.current.at(-1)?.total ?? 0)) samples.current = [];
    samples.current = [...samples.current, { total, at }].slice(-keptSamples);
  }
  const all = samples.current;
  const newest = all.at(-1);
  const first = all.find(({ at }) => newest && newest.at - at <= spanMs);
  const between = (a: Sample | undefined, b: Sample | undefined) =>
    a && b && b.at > a.at ? ((b.total - a.total) * 1000) / (b.at - a.at) : null;
  return { now: between(first, newest), curve: all.slice(1).map((one, i) => between(all[i], one) ?? 0) };
}
