/** What one stretch of load gave. Times in milliseconds. */
export interface Summary {
  perSecond: number;
  count: number;
  errors: number;
  p50: number;
  p99: number;
  /** The first few unexpected answers, for a look. */
  unexpected: string[];
}

export function summarise(times: number[], seconds: number, unexpected: string[], errors: number): Summary {
  const sorted = Float64Array.from(times).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { perSecond: times.length / seconds, count: times.length, errors, p50: at(0.5), p99: at(0.99), unexpected };
}
