import { type ErrorCode, hasCode } from './api';

const passing: ErrorCode[] = [
  'NO_ANSWER',
  'UNEXPECTED_ANSWER',
  'SERVICE_UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
  'QUEUE_POLL_TOO_EARLY',
  'TOO_MANY_STREAMS',
  'JOB_UNFINISHED',
];

/** Whether the same request may well succeed in a moment. */
export function isTransient(error: unknown): boolean {
  return hasCode(error, ...passing);
}

/** ms that the server asked to wait, 0 if it did not say. */
export function askedToWait(error: unknown): number {
  return ((error as { retryAfterSeconds?: number } | null)?.retryAfterSeconds ?? 0) * 1000;
}
