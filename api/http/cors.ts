import type { RequestHandler } from 'express';
import type { Config } from '../../shared/platform/config';

/** Not the pages, which are nobody else's business. */
const shared = /^\/(v1|problems)\/|^\/openapi\.json$/;
const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const allowed =
  'Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Prefer, Queue-Token, X-Request-Id, traceparent';
const exposed =
  'Location, Retry-After, ETag, RateLimit, RateLimit-Policy, Idempotency-Replayed, Preference-Applied, X-Request-Id, Date';
/** How long a browser may remember the answer to a preflight, s. Longer is cut to this by browsers. */
const preflightSeconds = '7200';

/**
 * Lets pages of the CORS_ORIGINS call the API from browsers. Without credentials: who asks is in the bearer token alone, so no
 * cookie or password that a browser keeps is ever used for another page.
 */
export function crossOrigin({ CORS_ORIGINS: origins = [] }: Pick<Config, 'CORS_ORIGINS'>): RequestHandler {
  const anyOrigin = origins.includes('*');
  return ({ path, method, headers: { origin = '', ...headers } }, response, next) => {
    if (origins.length === 0 || !shared.test(path)) return next();
    if (!anyOrigin) response.vary('Origin');
    if (!anyOrigin && !origins.includes(origin)) return next();
    response.setHeader('Access-Control-Allow-Origin', anyOrigin ? '*' : origin);
    response.setHeader('Access-Control-Expose-Headers', exposed);
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return next();
    response.setHeader('Access-Control-Allow-Methods', methods);
    response.setHeader('Access-Control-Allow-Headers', allowed);
    response.setHeader('Access-Control-Max-Age', preflightSeconds);
    response.statusCode = 204;
    response.end();
  };
}
