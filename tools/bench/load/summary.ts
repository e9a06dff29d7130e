import { percentile } from '../../percentile';

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
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
