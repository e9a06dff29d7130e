import { retry } from '../../../client/src/retry';
import { pause } from '../platform/pause';
import { type ErrorCode, hasCode } from './api';

const transient: ErrorCode[] = [
  'NO_ANSWER',
  'STREAM_SILENT',
  'UNEXPECTED_ANSWER',
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
  'HOLD_IN_PROGRESS',
  'QUEUE_POLL_TOO_EARLY',
  'TOO_MANY_STREAMS',
  'JOB_UNFINISHED',
];

/** Whether the same request may well succeed in a moment. */
export function isTransient(error: unknown): boolean {
  return hasCode(error, ...transient);
}

interface KeepTryingOptions {
  signal?: AbortSignal;
  mayRepeat?: (error: unknown) => boolean;
  maxMs?: number;
}

/** Attempts until one succeeds, with growing pauses that end early when the page wakes up. @throws what no repeat would change */
export function keepTrying<T>(attempt: () => Promise<T>, options: KeepTryingOptions = {}): Promise<T> {
  const { signal, mayRepeat = isTransient, maxMs = 8000 } = options;
  return retry(attempt, {
    mayRepeat: (error) => !signal?.aborted && mayRepeat(error),
    firstMs: 500,
    maxMs,
    pause: (ms) => pause(ms, signal),
  });
}
