import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../shared/platform/clock';

/** Five tries are free; then each wrong one doubles the wait, from one second up to a minute. */
const freeTries = 5;
const longestSeconds = 60;
const forgetMs = 15 * 60_000;
const keptCounts = 10_000;

/** Wrong passwords by who sent them. */
export interface LoginFailures {
  /**
   * Counts a try in the same step that finds out whether it may be made, so that many at once are no way around the wait. A
   * right one forgets the wrong ones before it.
   * @returns seconds to wait before a try is looked at; 0: this one counts
   */
  take(who: string, isRight: boolean): number | Promise<number>;
}

/** Of one process alone: for when Redis is away. */
export function createLocalFailures(clock: Clock): LoginFailures {
  const counts = new LRUCache<string, { wrong: number; lastAt: number }>({ max: keptCounts });
  return {
    take(who, isRight) {
      const found = counts.get(who);
      const { wrong, lastAt } = found && clock.now() - found.lastAt < forgetMs ? found : { wrong: 0, lastAt: 0 };
      const waitMs = wrong < freeTries ? 0 : Math.min(2 ** (wrong - freeTries), longestSeconds) * 1000;
      const leftMs = lastAt + waitMs - clock.now();
      if (waitMs > 0 && leftMs > 0) return Math.ceil(leftMs / 1000);
      if (isRight) counts.delete(who);
      else counts.set(who, { wrong: wrong + 1, lastAt: clock.now() });
      return 0;
    },
  };
}

/** KEYS[1] the count. ARGV: now ms, 1 when right, free tries, longest wait s, forget ms. Answers seconds to wait. */
const script = `
local count = redis.call('HMGET', KEYS[1], 'wrong', 'at')
local wrong, at, now = tonumber(count[1] or '0'), tonumber(count[2] or '0'), tonumber(ARGV[1])
if wrong >= tonumber(ARGV[3]) then
  local left = at + math.min(2 ^ (wrong - tonumber(ARGV[3])), tonumber(ARGV[4])) * 1000 - now
  if left > 0 then return math.ceil(left / 1000) end
end
if ARGV[2] == '1' then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'wrong', string.format('%d', wrong + 1), 'at', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
end
return 0`;

/** Of all processes together. Rejects when Redis is away. */
export function createSharedFailures(redis: Pick<Redis, 'eval'>, prefix: string, clock: Clock): LoginFailures {
  return {
    async take(who, isRight) {
      const key = `${prefix}:guesses:${who}`;
      const now = Math.round(clock.now());
      return Number(await redis.eval(script, 1, key, now, isRight ? 1 : 0, freeTries, longestSeconds, forgetMs));
    },
  };
}
