import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { Problem } from '../shared/platform/errors';
import { board } from './board/board';
import type { ApiContext } from './context';
import { readBody, readRawBody } from './http/body';
import { crossOrigin } from './http/cors';
import { sendDownload } from './http/download';
import { type Auth, declaredErrors, demandRole } from './http/endpoint';
import { errorHandler } from './http/error-handler';
import { commonHeaders, dateHeader } from './http/headers';
import { networkOf } from './http/network';
import type { Reply, Route } from './http/route';
import type { User } from './http/user';
import { measureRequests } from './observe/measure-requests';
import { traceRequests } from './observe/trace-requests';
import { docs } from './openapi/swagger-ui';
import { allRoutes } from './routes';
import { site } from './site/site';

/**
 * Builds the HTTP application from what is open already; listens to nothing.
 * @param where which pages it has beside the endpoints: those for the public, or those on the operations port
 */
export function createApp(context: ApiContext, where: 'public' | 'operations' = 'public'): Express {
  const { BOARD, DOCS, PAGES } = context.config;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', context.config.TRUST_PROXY);
  // Proxies that keep the public from an address (`/board`) know it by its letters.
  app.set('case sensitive routing', true);
  if (context.tracing) app.use(traceRequests(context.tracing));
  app.use(measureRequests(context), commonHeaders(context.newId), dateHeader(context.clock));
  app.use(crossOrigin(context.config), context.rateLimits.perAddress);
  const routes = allRoutes(context.config);
  for (const route of routes) app[route.method](expressPath(route), serve(route, context));
  for (const path of new Set(routes.map(expressPath))) app.route(path).all(otherMethods(routes, path));
  // Only pages need all of it: on the routes above it would be an eighth of their work.
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  if (PAGES === where) app.use(site(context.config));
  if (DOCS === where) app.use(docs(routes, context.config));
  if (BOARD === where) app.use('/board', board(context));
  app.use(() => {
    throw new Problem('NOT_FOUND');
  });
  app.use(errorHandler(context.logger));
  return app;
}

/** `/v1/holds/{holdId}` as Express writes it: `/v1/holds/:holdId`. */
function expressPath(route: Route): string {
  return route.path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** What happens to every request of a route: authenticate, limit, read, handle, send. */
function serve(route: Route<ApiContext>, context: ApiContext): RequestHandler {
  const { auth, method, rawBody, csvBody } = route;
  // Readiness finds out by itself which store is away.
  const usesStores = route.tag !== 'Health' && declaredErrors(route).includes('SERVICE_UNAVAILABLE');
  return async (request, response) => {
    const user = await authenticate(request, auth, context);
    if (user) {
      response.locals.user = user.id;
      context.rateLimits.perUser(user.id, response);
    }
    if (typeof auth === 'object') demandRole(auth, user);
    if (rawBody) await readRawBody(request, rawBody, csvBody !== undefined);
    else if (method !== 'get') await readBody(request);
    const handle = () => route.handle(request, user, context);
    const reply = await (usesStores ? context.mongoGuard.run(handle) : handle());
    if (reply.download) return sendDownload(request, response, reply.download, context.logger);
    send(response, reply);
    if (!reply.stream) return;
    if (request.method === 'HEAD') return void response.end();
    const remainingMs = user ? user.expiresAt - context.clock.now() : null;
    const client = { userId: user?.id ?? null, address: networkOf(request.ip ?? ''), remainingMs };
    context.eventStreams.open(response, client, reply.stream);
    response.locals.stream = true;
  };
}

/** @throws Problem UNAUTHENTICATED where a user is needed and there is none */
async function authenticate({ headers }: Request, auth: Auth, { verifyToken }: ApiContext): Promise<User | null> {
  if (auth === 'none' || (auth === 'optional' && !headers.authorization)) return null;
  try {
    return await verifyToken(headers.authorization);
  } catch (error) {
    if (auth === 'optional' && error instanceof Problem && error.code === 'UNAUTHENTICATED') return null;
    throw error;
  }
}

/** The reply's own headers replace the default `Cache-Control`. */
function send(response: Response, { status, headers, body, bytes, type, stream }: Reply): void {
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  for (const name in headers)
    if (name === 'Vary') response.vary(headers[name] as string);
    else response.setHeader(name, headers[name] as string);
  if (stream) return;
  const content = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  if (content === undefined) return void response.end();
  response.setHeader('Content-Type', type ?? 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(content));
  response.end(content);
}

/** OPTIONS lists the methods of a known path; any other method there is a 405 that lists them too. */
function otherMethods(routes: readonly Route[], path: string): RequestHandler {
  const methods = routes.filter((route) => expressPath(route) === path).map((route) => route.method.toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  return (request: Request, response) => {
    response.setHeader('Allow', allow);
    if (request.method !== 'OPTIONS') throw new Problem('METHOD_NOT_ALLOWED', { detail: `Allowed here: ${allow}.` });
    response.statusCode = 204;
    response.end();
  };
}
