import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Account, openAccount, type Session } from './account';
import { act, checkoutPage, type Deed } from './checkout';
import { answerApi } from './stripe-api';
import { type Mischief, noMischief, startWebhooks, type WebhookOptions } from './webhooks';

export interface ProviderOptions extends WebhookOptions {
  /** Where its state is kept over restarts. */
  file?: string;
  /** Of the API: others get 401. */
  key: string;
}

export interface ProviderServer {
  server: Server;
  account: Account;
  /** Where events are sent, and what they are signed with. */
  webhook: WebhookOptions;
  mischief: Mischief;
  act(session: Session, deed: Deed): boolean;
  stop(): void;
}

/**
 * A payment provider for trying things out and for tests: the part of Stripe's API that the product uses, so that Stripe's own
 * library talks to it; a checkout page; and webhooks signed like Stripe's. `/control` says what it shall do wrong.
 */
export function createProvider({ file, key, ...webhook }: ProviderOptions): ProviderServer {
  const account = openAccount(file);
  const mischief = { ...noMischief };
  const events = startWebhooks(account, mischief, webhook);
  const doIt = (session: Session, deed: Deed) => act(account, events, mischief, session, deed);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const { pathname: path } = url;
    const body = await text(request);
    if (path.startsWith('/v1/')) return void api(request, response, url, body);
    if (path === '/control') {
      if (request.method === 'POST') Object.assign(mischief, JSON.parse(body));
      return void send(response, 200, mischief);
    }
    const [, id = '', deed] = /^\/pay\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
    const session = account.sessions.get(id);
    if (!session) return void send(response, 404, { error: 'no such checkout' });
    // For programs: the same as a click, and what no click does.
    if (deed) return void send(response, doIt(session, deed as Deed) ? 200 : 409, { status: session.status });
    if (request.method === 'POST') return void click(response, session, new URLSearchParams(body).get('deed') as Deed);
    html(response, checkoutPage(session));
  }

  function click(response: ServerResponse, session: Session, deed: Deed): void {
    doIt(session, deed);
    if (deed === 'fail') return void html(response, checkoutPage(session, 'The card was declined.'));
    response.writeHead(303, { Location: session.success_url }).end();
  }

  function api(request: IncomingMessage, response: ServerResponse, url: URL, body: string): void {
    if (mischief.away) return void send(response, 500, { error: { type: 'api_error', message: 'away' } });
    if (request.headers.authorization !== `Bearer ${key}`)
      return void send(response, 401, { error: { type: 'invalid_request_error', message: 'Invalid API Key' } });
    const { method = 'GET', headers } = request;
    const fields = method === 'GET' ? url.searchParams : new URLSearchParams(body);
    const idempotencyKey = headers['idempotency-key'] as string | undefined;
    const pageOf = ({ id }: Session) => `${url.origin}/pay/${id}`;
    const answer = answerApi(account, events, pageOf, { method, path: url.pathname, fields, key: idempotencyKey });
    // Done, and the webhook not sent.
    if (mischief.mute) return void response.destroy();
    send(response, answer.status, answer.body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => send(response, 400, { error: { message: error.message } }));
  });
  return { server, account, webhook, mischief, act: doIt, stop: events.stop };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function html(response: ServerResponse, page: string): void {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
}
