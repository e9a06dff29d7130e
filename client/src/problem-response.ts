import { FrontrowError, problemError } from './errors.ts';
import type { Problem } from './schema.ts';

/** The error that a response without success stands for; proxies in between answer in their own ways. */
export async function readProblem(response: Response): Promise<FrontrowError> {
  const { status, headers } = response;
  const facts = { retryAfterSeconds: retryAfter(headers), requestId: headers.get('X-Request-Id') ?? undefined };
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  if (typeof problem?.code === 'string') return problemError(problem as Problem, facts);
  return new FrontrowError('UNEXPECTED_ANSWER', { ...facts, status, detail: `Answered ${status}` });
}

/** A longer wait is more likely a wrong clock or a mistake in a proxy than meant. */
const longestSeconds = 3600;

/**
 * Seconds of `Retry-After` in both of its forms (RFC 9110, 10.2.3): a number of seconds, or a date, which is compared with
 * the response's own `Date`, since this machine's clock may be wrong. Finite, not negative, at most an hour.
 */
export function retryAfter(headers: Headers): number | undefined {
  const text = headers.get('Retry-After')?.trim();
  if (!text) return undefined;
  const sent = Date.parse(headers.get('Date') ?? '');
  const seconds = /^\d+$/.test(text)
    ? Number(text)
    : (Date.parse(text) - (Number.isNaN(sent) ? Date.now() : sent)) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.min(longestSeconds, Math.max(0, seconds));
}
