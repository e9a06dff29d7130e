import type { RequestHandler } from 'express';
import { traceIdOf } from '../../shared/tracing/traceparent';
import type { Tracing } from '../../shared/tracing/types';
import { methodOf, routeOf } from './measure-requests';

/** A span for each request, continuing the client's trace if it has one. */
export function traceRequests(tracing: Tracing): RequestHandler {
  return (request, response, next) => {
    const { traceparent } = request.headers;
    const parent = typeof traceparent === 'string' ? traceparent : undefined;
    const method = methodOf(request);
    const span = tracing.start(method, { kind: 'server', parent });
    response.locals.trace = traceIdOf(span.traceparent);
    response.once('close', () => {
      const [route, status] = [routeOf(request), response.statusCode];
      const attributes = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status };
      span.end({ name: `${method} ${route}`, attributes, ...(status >= 500 && { error: status }) });
    });
    tracing.within(span, next);
  };
}
