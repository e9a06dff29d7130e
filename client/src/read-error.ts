import { FrontrowError, problemError } from './errors.ts';
import type { Problem } from './schema.ts';

/** What an answer that is no success means; proxies in between answer in their own ways. */
export async function readError(response: Response): Promise<FrontrowError> {
  const { status, headers } = response;
  const facts = { retryAfterSeconds: retryAfter(headers), requestId: headers.get('X-Request-Id') ?? undefined };
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  if (typeof problem?.code === 'string') return problemError(problem as Problem, facts);
  return new FrontrowError('UNEXPECTED_ANSWER', { ...facts, status, detail: `Answered ${status}` });
}

/** Seconds of `Retry-After`, which proxies may send as a date. */
export function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('Retry-After');
  if (!text) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
