import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/platform/clock';

/** Slows down guessing a password: wrong ones are counted by where they come from. Per process. */
interface Guesses {
  /** Seconds until the next try from this address is looked at; 0: now. */
  waitSeconds(address: string): number;
  wrong(address: string): void;
  right(address: string): void;
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
export function createGuesses(clock: Clock): Guesses {
  const counts = new LRUCache<string, Count>({ max: keptNetworks });

  function countOf(network: string): Count {
    const count = counts.get(network);
    return count && clock.now() - count.lastAt < forgetMs ? count : { wrong: 0, lastAt: 0 };
  }

  return {
    waitSeconds(address) {
      const { wrong, lastAt } = countOf(networkOf(address));
      if (wrong < freeTries) return 0;
      const seconds = Math.min(2 ** (wrong - freeTries), longestSeconds);
      return Math.max(0, Math.ceil((lastAt + seconds * 1000 - clock.now()) / 1000));
    },
    wrong(address) {
      const network = networkOf(address);
      counts.set(network, { wrong: countOf(network).wrong + 1, lastAt: clock.now() });
    },
    right: (address) => void counts.delete(networkOf(address)),
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
