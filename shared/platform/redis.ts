import { Redis } from 'ioredis';
import type { Logger } from './logger';

/**
 * Opens a connection to Redis. `fail-fast` answers an error within two seconds when Redis is away (requests of people);
 * `patient` waits for it to come back (BullMQ workers, subscribers). Reconnects by itself in both.
 */
export async function openRedis(url: string, mode: 'fail-fast' | 'patient', logger: Logger): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2000,
    retryStrategy: (times) => Math.min(times * 50, 1000),
    ...(mode === 'fail-fast'
      ? { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 2000 }
      : { maxRetriesPerRequest: null }),
  });
  redis.on('error', (error) => logger.debug({ error: error.message }, 'redis connection'));
  await redis.connect();
  return redis;
}
