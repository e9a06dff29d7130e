import type { CallOptions, Exchange, Received, Request } from './exchange.ts';
import type { Operations } from './schema.ts';

export type Operation = keyof Operations;
export type AnswerOf<O extends Operation> = Operations[O]['answer'];

type Part<N extends 'path' | 'query' | 'body', O> = O extends { [K in N]: infer T }
  ? N extends 'query'
    ? { [K in N]?: T }
    : { [K in N]: T }
  : { [K in N]?: undefined };

/** What an operation is given. */
export type Input<O extends Operation> = Part<'path', Operations[O]> &
  Part<'query', Operations[O]> &
  Part<'body', Operations[O]> &
  CallOptions & {
    queueToken?: string | undefined;
    /** Of a command: makes it safe to repeat. */
    idempotencyKey?: string | undefined;
  };

/** Nothing to give where nothing is asked for. */
type Inputs<O extends Operation> = object extends Input<O> ? [input?: Input<O>] : [input: Input<O>];

export type Call = <O extends Operation>(operation: O, ...input: Inputs<O>) => Promise<AnswerOf<O>>;

export interface AnyInput extends CallOptions {
  path?: object | undefined;
  query?: object | undefined;
  body?: unknown;
  queueToken?: string | undefined;
  idempotencyKey?: string | undefined;
}

/** Any operation of the API, as a request. */
export function requestOf(operation: Operation, input: AnyInput = {}): Request {
  const { path = {}, query = {}, body, queueToken, idempotencyKey, signal, deadlineMs } = input;
  const [method = '', template = ''] = operation.split(' ');
  const named = new Map<string, unknown>(Object.entries(path));
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(named.get(name))));
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = asked.length > 0 ? `?${new URLSearchParams(asked)}` : '';
  return {
    method,
    path: filled + search,
    headers: { 'Queue-Token': queueToken, 'Idempotency-Key': idempotencyKey },
    body,
    repeatable:
      method !== 'POST' && method !== 'PATCH'
        ? true
        : Boolean(idempotencyKey) || /\/(queue-token|sign-in)$/.test(template),
    signal,
    deadlineMs,
  };
}

export function createCall({ send }: Exchange): Call {
  return async <O extends Operation>(operation: O, ...[input]: Inputs<O>) => {
    const { body }: Received<AnswerOf<O>> = await send(requestOf(operation, input as AnyInput | undefined));
    return body;
  };
}
