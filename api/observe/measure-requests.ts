import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../../shared/context';

/**
 * Times every request from its headers to the last byte of its answer, by the pattern of its route, so that ids make no
 * series. At `debug`, also one log line a request.
 */
export function measureRequests({ metrics, logger }: Context): RequestHandler {
  const logs = logger.isLevelEnabled('debug');
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000;
      const labels = { method: methodOf(request), route: routeOf(request), status: response.statusCode };
      // A stream lasts as long as its client likes: its duration is no latency.
      if (response.locals.stream) return;
      if (response.writableFinished) metrics.requests.observe(labels, seconds);
      else metrics.requestsAborted.inc();
      if (logs) logger.debug({ ...idsOf(response), ...labels, ms: Math.round(seconds * 1000) }, 'request');
    });
    next();
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function methodOf({ method }: Request): string {
  return methods.has(method) ? method : 'other';
}

/** The pattern of the route that handled it. Requests without one are one series, whatever its address; so are the pages below `/docs` and `/board`. */
export function routeOf({ baseUrl, route }: Request): string {
  return baseUrl || (typeof route?.path === 'string' ? route.path : 'other');
}

/** For the log line: the user, the command that its `Location` names, and the trace if there is one. */
function idsOf(response: Response): Record<string, unknown> {
  const location = response.getHeader('location');
  const command = typeof location === 'string' ? /^\/v1\/jobs\/(.+)$/.exec(location)?.[1] : undefined;
  return {
    requestId: response.getHeader('x-request-id'),
    user: response.locals.user,
    command,
    trace: response.locals.trace,
  };
}
