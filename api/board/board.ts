import { createBullBoard } from '@bull-board/api';
import { ExpressAdapter } from '@bull-board/express';
import { type Express, type RequestHandler, type Response, Router } from 'express';
import helmet from 'helmet';
import type { Context } from '../../shared/context';
import { Problem } from '../../shared/platform/errors';
import type { LoginThrottle } from '../auth/login-throttle';
import { laneAdapter } from './lane-adapter';

const basePath = '/board';
/** Seconds. A poll costs 16 Redis commands a lane, for every open tab. */
const pollSeconds = 10;

const uiConfig = {
  boardTitle: 'Frontrow lanes',
  pollingInterval: { showSetting: false, forceInterval: pollSeconds },
  // One list of all connections of Redis per lane and poll, otherwise.
  showWorkers: false,
  overview: { groupByDelimiter: true },
  sortQueues: true,
  hideDocsLink: true,
};

type BoardContext = Pick<Context, 'queues' | 'config'> & { loginThrottle: LoginThrottle };

/** Bull Board over all lanes, to be mounted at `/board`: for signed-in admins, read-only. */
export function board(context: BoardContext): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(basePath);
  const queues = Array.from(context.queues.values(), laneAdapter);
  createBullBoard({ queues, serverAdapter, options: { uiConfig } });
  const pages: Express = serverAdapter.getRouter();
  pages.disable('x-powered-by');
  const router = Router({ caseSensitive: true });
  router.use(contentSecurity, askToSignIn(context), readOnly, withoutWebFont, pages);
  return router;
}

/**
 * Of this page only. Its markup has style attributes; it runs no inline script. Operators' browsers load nothing from other
 * hosts.
 */
const contentSecurity = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'base-uri': ["'self'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  },
});

/** The board's own read-only mode covers each queue; this covers everything, whatever its next version adds. */
const readOnly: RequestHandler = ({ method, path }, response, next) => {
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    throw new Problem('METHOD_NOT_ALLOWED', { detail: 'The board is for looking only.' });
  }
  if (!path.startsWith('/static/')) response.setHeader('Cache-Control', 'no-store');
  next();
};

/**
 * HTTP Basic for `admin` and ADMIN_PASSWORD: every browser asks for it by itself. A forged request could
 * change nothing on the board, so no session and no CSRF token are needed. Bearer tokens open nothing here.
 * @throws Problem RATE_LIMITED after several wrong passwords from one network or device
 */
function askToSignIn({ config, loginThrottle }: BoardContext): RequestHandler {
  const passwords = [config.ADMIN_PASSWORD, config.ADMIN_PASSWORD_PREVIOUS];
  const expected = passwords.map((password) => password && `admin:${password}`);
  return async (request, response, next) => {
    const { authorization, cookie } = request.headers;
    const given = credentials(authorization);
    if (given === null) return sendChallenge(response);
    const from = { address: request.ip ?? '', cookies: cookie };
    const { isRight, setCookie } = await loginThrottle.attempt(from, given, expected);
    if (!isRight) return sendChallenge(response);
    if (setCookie) response.setHeader('Set-Cookie', setCookie);
    next();
  };
}

/** `name:password` of a Basic header; null for anything else. */
function credentials(authorization = ''): string | null {
  const encoded = /^basic +([\w+/]+=*) *$/i.exec(authorization)?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString();
}

function sendChallenge(response: Response): void {
  response.statusCode = 401;
  response.setHeader('WWW-Authenticate', 'Basic realm="Frontrow board", charset="UTF-8"');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end('Sign in as admin, with ADMIN_PASSWORD.\n');
}

/** Bull Board's page asks a font host, which the policy would keep out with a complaint on each page. */
const withoutWebFont: RequestHandler = (_request, response, next) => {
  const send = response.send.bind(response);
  response.send = (body) => send(typeof body === 'string' ? body.replaceAll(/<link [^>]*fonts\.[^>]*>/g, '') : body);
  next();
};
