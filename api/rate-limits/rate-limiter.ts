import type { Context } from '../../shared/context';
import { createWindowCounts } from './window-counts';

/** What a client has left of a policy. */
interface Allowance {
  allowed: boolean;
  remaining: number;
  resetSeconds: number;
}

type RateLimiter = (id: string) => Allowance;

/** How often it is tried again to tell the others what could not be told, ms. */
const tellMs = 200;
/** A client is told of whenever it has used this part of the quota in one process. */
const quietPart = 1 / 16;

/**
 * Limits each client to `quota` requests in a window, over all API processes, without a Redis call on the way of a
 * request: each process counts by itself and tells the others, through Redis, only of clients that are busy. A client may
 * thus get a sixteenth of the quota more for each further process, and what it sends while the message is on its way. With
 * Redis away each process limits by itself.
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

  const tellAll = () => void Promise.all(counts.untold().map(tell));
  const timer = setInterval(tellAll, tellMs);
  lifecycle.onClose(`rate limit per ${policy}`, () => clearInterval(timer));

  let isTelling = false;
  /** At once, and together with others of the same turn: until the others have heard they let the client through. */
  function tellSoon(): void {
    if (isTelling) return;
    isTelling = true;
    setImmediate(() => {
      isTelling = false;
      tellAll();
    });
  }

  return (id) => {
    const { allowed, remaining, resetMs, isDue } = counts.take(id, clock.now());
    if (isDue) tellSoon();
    return { allowed, remaining, resetSeconds: Math.ceil(resetMs / 1000) };
  };
}
