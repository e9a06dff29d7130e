/**
 * How long the client prefers to wait for the outcome, from a `Prefer: wait=N` header (RFC 7240), in seconds, at most
 * `maxSeconds`. Preferences that are unknown or malformed are ignored, as the RFC wants; null when there is none.
 */
export function preferredWait(prefer: string | undefined, maxSeconds: number): number | null {
  if (prefer === undefined) return null;
  for (const preference of prefer.split(',')) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(;|$)/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), maxSeconds);
  }
  return null;
}
