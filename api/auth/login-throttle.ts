import { createHash, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';
import { networkOf } from '../http/network';

/** Slows down guessing the admin's password: wrong ones are counted by the network of the client. Per process. */
export interface LoginThrottle {
  /**
   * Compares a password in constant time, and counts it if it is wrong.
   * @param expected the one that counts, and the previous one while it is being changed
   * @throws Problem RATE_LIMITED, before it compares, after several wrong ones from one network
   */
  isRight(address: string, given: string, expected: readonly (string | undefined)[]): boolean;
}

interface FailedLogins {
  count: number;
  /** ms */
  lastAt: number;
}

const freeTries = 5;
const maxWaitSeconds = 60;
const forgetMs = 15 * 60_000;
const maxNetworks = 10_000;

/** Five tries are free; then each wrong one doubles the wait, from one second up to a minute. */
export function createLoginThrottle({ clock, logger }: Pick<Context, 'clock' | 'logger'>): LoginThrottle {
  const failures = new LRUCache<string, FailedLogins>({ max: maxNetworks });

  function failuresOf(network: string): FailedLogins {
    const known = failures.get(network);
    return known && clock.now() - known.lastAt < forgetMs ? known : { count: 0, lastAt: 0 };
  }

  function waitSeconds(network: string): number {
    const { count, lastAt } = failuresOf(network);
    if (count < freeTries) return 0;
    const seconds = Math.min(2 ** (count - freeTries), maxWaitSeconds);
    return Math.max(0, Math.ceil((lastAt + seconds * 1000 - clock.now()) / 1000));
  }

  return {
    isRight(address, given, expected) {
      const network = networkOf(address);
      const retryAfterSeconds = waitSeconds(network);
      if (retryAfterSeconds > 0)
        throw new Problem('RATE_LIMITED', { detail: 'Too many wrong passwords.', retryAfterSeconds });
      if (!isOneOf(expected, given)) {
        failures.set(network, { count: failuresOf(network).count + 1, lastAt: clock.now() });
        logger.warn({ address }, 'wrong admin password');
        return false;
      }
      failures.delete(network);
      return true;
    },
  };
}

/** Compares with each, so that the time tells nothing. */
function isOneOf(secrets: readonly (string | undefined)[], given: string): boolean {
  return secrets.filter((secret) => secret !== undefined && isSameSecret(given, secret)).length > 0;
}

/** Compares in constant time, whatever the lengths. */
function isSameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
