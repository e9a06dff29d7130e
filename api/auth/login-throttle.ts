import { LRUCache } from 'lru-cache';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';

/** Slows down guessing the admin's password: wrong ones are counted by where they come from. Per process. */
export interface Guesses {
  /**
   * Looks at a password, and counts it if it is wrong.
   * @throws Problem RATE_LIMITED, without having looked, after several wrong ones from one network
   */
  take(address: string, isRight: () => boolean): boolean;
}

interface Count {
  wrong: number;
  /** ms */
  lastAt: number;
}

const freeTries = 5;
const longestSeconds = 60;
const forgetMs = 15 * 60_000;
const keptNetworks = 10_000;

/** Five tries are free; then each wrong one doubles the wait, from one second up to a minute. */
export function createGuesses({ clock, logger }: Pick<Context, 'clock' | 'logger'>): Guesses {
  const counts = new LRUCache<string, Count>({ max: keptNetworks });

  function countOf(network: string): Count {
    const count = counts.get(network);
    return count && clock.now() - count.lastAt < forgetMs ? count : { wrong: 0, lastAt: 0 };
  }

  function waitSeconds(address: string): number {
    const { wrong, lastAt } = countOf(networkOf(address));
    if (wrong < freeTries) return 0;
    const seconds = Math.min(2 ** (wrong - freeTries), longestSeconds);
    return Math.max(0, Math.ceil((lastAt + seconds * 1000 - clock.now()) / 1000));
  }

  function wrong(address: string): void {
    const network = networkOf(address);
    counts.set(network, { wrong: countOf(network).wrong + 1, lastAt: clock.now() });
  }

  return {
    take(address, isRight) {
      const retryAfterSeconds = waitSeconds(address);
      if (retryAfterSeconds > 0)
        throw new Problem('RATE_LIMITED', { detail: 'Too many wrong passwords.', retryAfterSeconds });
      if (!isRight()) {
        wrong(address);
        logger.warn({ address }, 'wrong admin password');
        return false;
      }
      counts.delete(networkOf(address));
      return true;
    },
  };
}

/** One house has 2^64 IPv6 addresses, so they count as one: the first four groups. IPv4 stays as it is. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail = ''] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: address.includes('::') ? 8 - before.length - after.length : 0 }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
