import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';
import { networkOf } from '../http/network-of';
import { createRateLimiter } from './rate-limiter';

/** Each counts the request and puts what is left into the RateLimit headers. */
export interface RateLimits {
  /** For all requests but probes. @throws Problem RATE_LIMITED */
  perAddress: RequestHandler;
  /** For requests of signed-in users. @throws Problem RATE_LIMITED */
  perUser(userId: string, response: Response): void;
}

const probes = new Set(['/livez', '/readyz']);

/** The limits that are configured; a quota of 0 is no limit. */
export function openRateLimits(context: Context): RateLimits {
  const { config } = context;
  const perAddress = config.RATE_LIMIT_ADDRESS ? openLimit(context, 'address', config.RATE_LIMIT_ADDRESS) : null;
  const perUser = config.RATE_LIMIT_USER ? openLimit(context, 'user', config.RATE_LIMIT_USER) : null;
  return {
    perAddress(request: Request, response, next) {
      if (perAddress && !probes.has(request.path)) perAddress(networkOf(request.ip ?? ''), response);
      next();
    },
    perUser: (userId, response) => perUser?.(userId, response),
  };
}

/** RateLimit headers as of draft-ietf-httpapi-ratelimit-headers: of each policy the quota, what is left, and until when. */
function openLimit(context: Context, policy: string, quota: number) {
  const { config, metrics } = context;
  const limiter = createRateLimiter(context, policy, quota);
  // An increase from nothing to one is none to Prometheus.
  metrics.rateLimited.inc({ policy }, 0);
  const stated = `"${policy}";q=${quota};w=${config.RATE_LIMIT_SECONDS}`;
  return (id: string, response: Response): void => {
    const { allowed, remaining, resetSeconds } = limiter(id);
    addItem(response, 'RateLimit-Policy', stated);
    addItem(response, 'RateLimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
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
