import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';
import { networkOf } from '../http/network';
import { createWindowCounts, type UsedInWindow } from './window-counts';

/** Each counts the request and puts what is left into the RateLimit headers. */
export interface RateLimits {
  /** For all requests but probes. @throws Problem RATE_LIMITED */
  perAddress: RequestHandler;
  /** For requests of signed-in users. @throws Problem RATE_LIMITED */
  perUser(userId: string, response: Response): void;
  /** For requests of a payment provider, by address. @throws Problem RATE_LIMITED */
  perProvider(address: string): void;
}

const probes = new Set(['/livez', '/readyz']);

/** The limits that are configured; a quota of 0 is no limit. */
export function openRateLimits(context: Context): RateLimits {
  const { config } = context;
  const perAddress = config.RATE_LIMIT_ADDRESS ? openLimit(context, 'address', config.RATE_LIMIT_ADDRESS) : null;
  const perUser = config.RATE_LIMIT_USER ? openLimit(context, 'user', config.RATE_LIMIT_USER) : null;
  const perProvider = config.RATE_LIMIT_EVENTS ? openLimit(context, 'provider', config.RATE_LIMIT_EVENTS) : null;
  return {
    perAddress(request: Request, response, next) {
      if (perAddress && !probes.has(request.path)) perAddress(networkOf(request.ip ?? ''), response);
      next();
    },
    perUser: (userId, response) => perUser?.(userId, response),
    perProvider: (address) => perProvider?.(networkOf(address)),
  };
}

/** RateLimit headers as of draft-ietf-httpapi-ratelimit-headers: of each policy the quota, what is left, and until when. */
function openLimit(context: Context, policy: string, quota: number) {
  const { config, metrics } = context;
  const limiter = createRateLimiter(context, policy, quota);
  // An increase from nothing to one is none to Prometheus.
  metrics.rateLimited.inc({ policy }, 0);
  const stated = `"${policy}";q=${quota};w=${config.RATE_LIMIT_SECONDS}`;
  return (id: string, response?: Response): void => {
    const { allowed, remaining, resetSeconds } = limiter(id);
    if (response) addItem(response, 'RateLimit-Policy', stated);
    if (response) addItem(response, 'RateLimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
    if (allowed) return;
    metrics.rateLimited.inc({ policy });
    const detail = `More than ${quota} requests per ${policy} in ${config.RATE_LIMIT_SECONDS} seconds.`;
    throw new Problem('RATE_LIMITED', { detail, retryAfterSeconds: resetSeconds });
  };
}

function addItem(response: Response, name: string, item: string): void {
  const before = response.getHeader(name);
  response.setHeader(name, before === undefined ? item : `${before}, ${item}`);
}

/** What a client has left of a policy. */
interface Allowance {
  allowed: boolean;
  remaining: number;
  resetSeconds: number;
}

/** ms. How often it is tried again to publish counts that could not be. */
const publishMs = 200;
/** A client's count is published whenever it has used this part of the quota in one process. */
const quietPart = 1 / 16;

/**
 * Limits each client to `quota` requests in a window, over all API processes, without a Redis call on the way of a
 * request: each process counts by itself and publishes, through Redis, only the counts of busy clients. A client may
 * thus get a sixteenth of the quota more for each further process, and what it sends while the message is on its way. With
 * Redis away each process limits by itself.
 */
export function createRateLimiter(context: Context, policy: string, quota: number): (id: string) => Allowance {
  const { config, clock, redis, lifecycle, logger } = context;
  const windowMs = config.RATE_LIMIT_SECONDS * 1000;
  const counts = createWindowCounts({ quota, windowMs, step: Math.max(1, Math.ceil(quota * quietPart)) });

  async function publish({ id, window, count }: UsedInWindow): Promise<void> {
    const key = `${config.QUEUE_PREFIX}:rate:${policy}:${id}:${window}`;
    try {
      const [total] = await Promise.all([redis.incrby(key, count), redis.pexpire(key, 2 * windowMs)]);
      counts.setTotal(id, window, total);
    } catch (error) {
      counts.putBack(id, window, count);
      logger.debug({ error, policy }, 'rate not published');
    }
  }

  const publishAll = () => void Promise.all(counts.takePending().map(publish));
  const timer = setInterval(publishAll, publishMs);
  lifecycle.onClose(`rate limit per ${policy}`, () => clearInterval(timer));

  let isScheduled = false;
  /** At once, and together with others of the same turn: until the other processes know, they let the client through. */
  function publishSoon(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      publishAll();
    });
  }

  return (id) => {
    const { allowed, remaining, resetMs, isDue } = counts.take(id, clock.now());
    if (isDue) publishSoon();
    return { allowed, remaining, resetSeconds: Math.ceil(resetMs / 1000) };
  };
}
