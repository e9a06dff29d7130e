import { createBullBoard } from '@bull-board/api';
import { ExpressAdapter } from '@bull-board/express';
import { type Express, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { boardSignIn } from './board-sign-in';
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

/** Bull Board over all lanes, to be mounted at `/board`: for signed-in admins, and for looking only. */
export function board(context: Pick<ApiContext, 'queues' | 'config' | 'guesses'>): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(basePath);
  const queues = Array.from(context.queues.values(), laneAdapter);
  createBullBoard({ queues, serverAdapter, options: { uiConfig } });
  const pages: Express = serverAdapter.getRouter();
  pages.disable('x-powered-by');
  const router = Router();
  router.use(contentSecurity, boardSignIn(context), readOnly, withoutWebFont, pages);
  return router;
}

/**
 * Of this page only. Its markup has style attributes; it runs no inline script. Operators' browsers ask nobody else for
 * anything.
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

/** Bull Board's page asks a font host, which the policy would keep out with a complaint on each page. */
const withoutWebFont: RequestHandler = (_request, response, next) => {
  const send = response.send.bind(response);
  response.send = (body) => send(typeof body === 'string' ? body.replaceAll(/<link [^>]*fonts\.[^>]*>/g, '') : body);
  next();
};
