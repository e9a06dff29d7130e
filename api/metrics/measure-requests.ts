import type { RequestHandler } from 'express';
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
      if (!response.writableFinished) metrics.requestsAborted.inc();
      const seconds = (performance.now() - startedAt) / 1000;
      const { method, route } = labelsOf(request);
      const status = response.statusCode;
      if (response.writableFinished) metrics.requests.observe({ method, route, status }, seconds);
      if (logs) {
        const requestId = response.getHeader('x-request-id');
        logger.debug(
          { requestId, method, route, status, ms: Math.round(seconds * 1000), ...response.locals },
          'request',
        );
      }
    });
    next();
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What no route took is one series, whatever its address; so are pages below `/docs` and `/board`. */
function labelsOf(request: { method: string; baseUrl: string; route?: { path?: unknown } }) {
  const path = typeof request.route?.path === 'string' ? request.route.path : null;
  const route = request.baseUrl || path || 'other';
  return { method: methods.has(request.method) ? request.method : 'other', route };
}
