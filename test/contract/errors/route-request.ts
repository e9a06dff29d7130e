import { randomUUID } from 'node:crypto';
import type { Route } from '../../../api/http/route';
import type { Answer, Client, RequestOptions } from '../../helpers/client';

/** A request to one route, not sent yet. */
export interface RouteRequest extends RequestOptions {
  /** Path parameters by name. */
  ids: Record<string, string>;
  query?: string;
  /** Null: no Idempotency-Key. */
  key?: string | null;
}

/** Where something must be asked for. */
export const neededQueries: Record<string, string> = {
  '/v1/admin/holds': '?userId=nobody',
  '/v1/admin/reservations': '?userId=nobody',
};

/** Sends a request at a route as the record says: parameters in place, a new key where one belongs. */
export function sendTo<T = Record<string, unknown>>(
  client: Client,
  route: Route,
  request: RouteRequest,
): Promise<Answer<T>> {
  const { ids, query = neededQueries[route.path] ?? '', key = randomUUID(), headers, ...options } = request;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? 'nothing');
  const keyed = route.headers?.shape['idempotency-key'] && key !== null;
  return client.send<T>(route.method, path + query, {
    ...options,
    headers: { ...(keyed && { 'Idempotency-Key': key }), ...headers },
  });
}

/** The first example of the route's body. */
export function exampleBody(route: Route): unknown {
  return route.body && Object.values(route.body.examples)[0];
}

export function nameOf(route: Route): string {
  return `${route.method.toUpperCase()} ${route.path}`;
}
