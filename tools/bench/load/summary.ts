/** What one stretch of load gave. Times in milliseconds. */
export interface Summary {
  perSecond: number;
  seconds: number;
  count: number;
  errors: number;
  p50: number;
  p99: number;
  /** The first few unexpected answers, for a look. */
  unexpected: string[];
}

export function summarise(times: readonly number[], seconds: number, unexpected: string[], errors: number): Summary {
  const count = times.length;
  return { perSecond: count / seconds, seconds, count, errors, ...percentiles(times), unexpected };
}

export function percentiles(times: readonly number[]): Pick<Summary, 'p50' | 'p99'> {
  const sorted = Float64Array.from(times).sort();
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

/** By nearest rank: the least of the sorted values that at least this share of them does not exceed. NaN of none. */
function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
