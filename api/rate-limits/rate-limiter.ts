import type { Context } from '../../shared/context';
import { createWindowCounts } from './window-counts';

/** What a client has left of a policy. */
interface Allowance {
  allowed: boolean;
  remaining: number;
  resetSeconds: number;
}

type RateLimiter = (id: string) => Allowance;

/** How often processes tell each other of busy clients, ms. */
const tellMs = 200;
/** A client is told of once it has used this part of the quota in one process. */
const quietPart = 1 / 16;

/**
 * Limits each client to `quota` requests in a window, over all API processes, without a Redis call on the way of a
 * request: each process counts by itself and tells the others, through Redis, only of clients that are busy. A client may
 * thus get a sixteenth of the quota more for each further process. With Redis away each process limits by itself.
 */
export function createRateLimiter(context: Context, policy: string, quota: number): RateLimiter {
  const { config, clock, redis, lifecycle, logger } = context;
  const windowMs = config.RATE_LIMIT_SECONDS * 1000;
  const counts = createWindowCounts({ quota, windowMs, step: Math.max(1, Math.ceil(quota * quietPart)) });

  async function tell({ id, window, count }: { id: string; window: number; count: number }): Promise<void> {
    const key = `${config.QUEUE_PREFIX}:rate:${policy}:${id}:${window}`;
    try {
      const [total] = await Promise.all([redis.incrby(key, count), redis.pexpire(key, 2 * windowMs)]);
      counts.heard(id, window, total);
    } catch (error) {
      counts.notTold(id, window, count);
      logger.debug({ error, policy }, 'rate not told');
    }
  }

  const timer = setInterval(() => void Promise.all(counts.untold().map(tell)), tellMs);
  lifecycle.onClose(`rate limit per ${policy}`, () => clearInterval(timer));

  return (id) => {
    const { allowed, remaining, resetMs } = counts.take(id, clock.now());
    return { allowed, remaining, resetSeconds: Math.ceil(resetMs / 1000) };
  };
}
