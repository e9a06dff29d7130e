import type { Account, Session } from './account';
import { presentCharge, presentSession } from './objects';

/** An answer of the API. */
export interface ApiAnswer {
  status: number;
  body: unknown;
}

export interface ApiRequest {
  method: string;
  path: string;
  /** Of the query or the form, by the names that Stripe gives them: `line_items[0][quantity]`. */
  fields: URLSearchParams;
  /** Idempotency-Key. */
  key?: string;
}

export interface Events {
  send(type: string, object: object): void;
}

/** Where the checkout pages are. */
type PageOf = (session: Session) => string;

const now = () => Math.floor(Date.now() / 1000);
const failed = (status: number, code: string, message: string): ApiAnswer => ({
  status,
  body: { error: { type: 'invalid_request_error', code, message } },
});

/** The part of Stripe's API that the product uses: what is asked for otherwise is an error, as a typing mistake would be there. */
export function answerApi(account: Account, events: Events, pageOf: PageOf, request: ApiRequest): ApiAnswer {
  const { method, path, fields, key } = request;
  const before = key && account.answers.get(`${path} ${key}`);
  if (before) return before as ApiAnswer;
  const answer = route(account, events, pageOf, method, path, fields);
  if (key && answer.status === 200) account.answers.set(`${path} ${key}`, answer);
  account.save();
  return answer;
}

function route(
  account: Account,
  events: Events,
  pageOf: PageOf,
  method: string,
  path: string,
  fields: URLSearchParams,
): ApiAnswer {
  if (method === 'POST' && path === '/v1/checkout/sessions') return create(account, pageOf, fields);
  if (method === 'GET' && path === '/v1/checkout/sessions') return list(account, pageOf, fields);
  if (method === 'POST' && path === '/v1/refunds') return refund(account, events, fields);
  const [, id = ''] = /^\/v1\/checkout\/sessions\/(\w+)$/.exec(path) ?? [];
  const session = account.sessions.get(id);
  if (method === 'GET' && session) return { status: 200, body: presentSession(session, pageOf(session), true) };
  return failed(404, 'resource_missing', `No such thing: ${method} ${path}`);
}

function create(account: Account, pageOf: PageOf, fields: URLSearchParams): ApiAnswer {
  const amount = Number(fields.get('line_items[0][price_data][unit_amount]'));
  const expires = Number(fields.get('expires_at') ?? now() + 86_400);
  if (fields.get('mode') !== 'payment' || !Number.isSafeInteger(amount) || amount < 1)
    return failed(400, 'parameter_invalid_integer', 'Invalid line_items or mode');
  if (expires < now() + 1800 || expires > now() + 86_400)
    return failed(400, 'parameter_invalid_integer', 'The `expires_at` must be 30 minutes to 24 hours from now');
  const session: Session = {
    ...{ id: account.newId('cs_test'), created: now(), expires_at: expires, status: 'open', payment_status: 'unpaid' },
    client_reference_id: fields.get('client_reference_id'),
    amount_total: amount,
    currency: fields.get('line_items[0][price_data][currency]') ?? '',
    success_url: fields.get('success_url') ?? '',
    description: fields.get('line_items[0][price_data][product_data][name]') ?? '',
    ...{ payment: null, later: false },
  };
  account.sessions.set(session.id, session);
  return { status: 200, body: presentSession(session, pageOf(session)) };
}

function list(account: Account, pageOf: PageOf, fields: URLSearchParams): ApiAnswer {
  const [from, to] = [Number(fields.get('created[gte]') ?? 0), Number(fields.get('created[lt]') ?? Infinity)];
  const limit = Number(fields.get('limit') ?? 10);
  const all = [...account.sessions.values()].reverse().filter(({ created }) => created >= from && created < to);
  const after = all.findIndex(({ id }) => id === fields.get('starting_after')) + 1;
  const data = all.slice(after, after + limit).map((session) => presentSession(session, pageOf(session), true));
  const body = { object: 'list', url: '/v1/checkout/sessions', has_more: all.length > after + limit, data };
  return { status: 200, body };
}

function refund(account: Account, events: Events, fields: URLSearchParams): ApiAnswer {
  const session = account.sessionOf(fields.get('payment_intent') ?? '');
  if (!session?.payment) return failed(404, 'resource_missing', 'No such payment_intent');
  const left = session.payment.amount - session.payment.refunded;
  if (left <= 0) return failed(400, 'charge_already_refunded', 'The charge has already been refunded');
  const amount = Number(fields.get('amount') ?? left);
  session.payment.refunded += amount;
  events.send('charge.refunded', presentCharge(session));
  const { id, currency } = session.payment;
  const body = { id: account.newId('re'), object: 'refund', amount, currency, payment_intent: id, status: 'succeeded' };
  return { status: 200, body };
}
