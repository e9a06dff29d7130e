import { FrontrowError } from './errors.ts';
import { boundedMs } from './pause.ts';

export interface RetryOptions {
  /** Whether the same attempt may succeed in a moment. */
  mayRepeat: (error: unknown) => boolean;
  /** Pause after the first failure, ms; it doubles up to `maxMs`. */
  firstMs: number;
  maxMs: number;
  pause: (ms: number) => Promise<void>;
  /** Time of `performance.now()` after which no attempt begins. */
  until?: number;
}

/** Attempts until one succeeds. @throws the error that no repeat would change, or the last one at the deadline */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { mayRepeat, pause, until = Number.POSITIVE_INFINITY } = options;
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayRepeat(error)) throw error;
      const pauseMs = retryPauseMs(error, failures, options);
      if (performance.now() + pauseMs > until) throw error;
      await pause(pauseMs);
    }
  }
}

/**
 * What the server asked for, and on top of it a growing back-off, half of it random: many clients that were refused at one
 * moment don't come back at one moment. Never less than half of `firstMs`, whatever a header says.
 */
export function retryPauseMs(
  error: unknown,
  failures: number,
  { firstMs, maxMs }: Pick<RetryOptions, 'firstMs' | 'maxMs'>,
): number {
  const asked = error instanceof FrontrowError ? (error.retryAfterSeconds ?? 0) : 0;
  const backOffMs = Math.min(maxMs, firstMs * 2 ** failures) * (0.5 + Math.random() / 2);
  return boundedMs(asked * 1000) + backOffMs;
}
