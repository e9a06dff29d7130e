import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether it is one of those that are set. Compares with each, so that the time gives nothing away. */
export function isOneOfSecrets(given: string, secrets: readonly (string | undefined)[]): boolean {
  return secrets.filter((secret) => secret !== undefined && isSameSecret(given, secret)).length > 0;
}

/** Compares in constant time, whatever the lengths. */
export function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
