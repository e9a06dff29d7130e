import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from './logger';

export type RedisMode = 'fail-fast' | 'patient';

/**
 * Milliseconds. `socketTimeout` is how long a question may stay without any answer until the connection is given up: the
 * other side may have vanished without a word. A patient one must outlast BullMQ's longest blocking command (10 s).
 */
const modes: Record<RedisMode, RedisOptions> = {
  'fail-fast': { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 2000, socketTimeout: 2500 },
  patient: { maxRetriesPerRequest: null, socketTimeout: 12_000 },
};
const askMs = 3000;

/**
 * Opens a connection to Redis. `fail-fast` answers an error within two seconds when Redis is away (requests of people);
 * `patient` waits for it to come back (BullMQ workers, subscribers). Reconnects by itself in both.
 */
export async function openRedis(url: string, mode: RedisMode, logger: Logger): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2000,
    retryStrategy: (times) => Math.min(times * 50, 1000),
    ...modes[mode],
  });
  redis.on('error', (error) => logger.debug({ error: error.message }, 'redis connection'));
  await redis.connect();
  keepAsking(redis);
  return redis;
}

/** Whoever only listens, or has nothing to ask, would never notice that nobody is there any more. */
function keepAsking(redis: Redis): void {
  const timer = setInterval(() => {
    if (redis.status === 'ready') redis.ping().catch(() => undefined);
    // Disconnected while it was away: that says nothing.
    if (redis.status === 'end') clearInterval(timer);
  }, askMs).unref();
  redis.once('end', () => clearInterval(timer));
}
