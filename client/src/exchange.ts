import { FrontrowError } from './errors.ts';
import { pause } from './pause.ts';
import { readError } from './read-error.ts';

export interface ClientOptions {
  /** Where the API is, without `/v1`; empty for the page's own origin. */
  baseUrl: string;
  /** Bearer token, or how to get it; asked anew for every try. */
  token?: string | (() => string | Promise<string>) | undefined;
  /** Longest time of an operation, repeats and waits included, ms. 60 000 by default. */
  deadlineMs?: number;
  /** Longest time of one answer, beside what it was asked to wait, ms. 15 000 by default. */
  answerMs?: number;
  /** Pause before the first repeat, ms; it doubles up to 10 s. Half of it is random. 250 by default. */
  retryMs?: number;
  /** Told of every try. */
  onAnswer?: (answer: Answered) => void;
  fetch?: typeof fetch;
}

export interface Answered {
  method: string;
  path: string;
  /** 0 without an answer. */
  status: number;
  /** How long it took, ms. */
  ms: number;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** In place of the client's. */
  deadlineMs?: number | undefined;
}

export interface Request extends CallOptions {
  method: string;
  path: string;
  headers?: Record<string, string | undefined>;
  body?: unknown;
  /** Whether a second time does no more than the first. */
  repeatable: boolean;
  /** How long the answer is asked to wait, ms. */
  waitMs?: number;
}

export interface Received<T> {
  headers: Headers;
  body: T;
}

export interface Exchange {
  /** Sends until there is an answer that a repeat would not change. @throws FrontrowError, the signal's reason */
  send<T>(request: Request): Promise<Received<T>>;
  /** Sends once. @throws FrontrowError when the answer is no success */
  open(request: Request, signal?: AbortSignal): Promise<Response>;
}

const longestPauseMs = 10_000;
/** Refused before anything happened; or passing, or the answer lost on its way. */
const unharmed = 429;
const passing = [0, 502, 503, 504];

export function createExchange(options: ClientOptions): Exchange {
  const { retryMs = 250, deadlineMs: usualMs = 60_000, answerMs = 15_000 } = options;

  async function open(request: Request, signal?: AbortSignal): Promise<Response> {
    const { method, path } = request;
    const started = performance.now();
    let status = 0;
    try {
      const response = await fetchWith(options, request, signal);
      status = response.status;
      if (response.ok) return response;
      throw await readError(response);
    } finally {
      options.onAnswer?.({ method, path, status, ms: performance.now() - started });
    }
  }

  async function once<T>(request: Request, leftMs: number): Promise<Received<T>> {
    const { signal, waitMs = 0 } = request;
    const controller = new AbortController();
    const abort = () => controller.abort(signal?.reason);
    const timer = setTimeout(
      () => controller.abort(new Error('no answer in time')),
      Math.min(answerMs + waitMs, leftMs),
    );
    signal?.addEventListener('abort', abort);
    try {
      const response = await open(request, controller.signal);
      const text = await response.text();
      return { headers: response.headers, body: parse(text, response) as T };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof FrontrowError) throw error;
      throw new FrontrowError('NO_ANSWER', {
        detail: `${request.method} ${request.path}: ${reasonOf(error)}`,
        cause: error,
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  async function send<T>(request: Request): Promise<Received<T>> {
    const until = performance.now() + (request.deadlineMs ?? usualMs);
    for (let tries = 0; ; tries += 1) {
      request.signal?.throwIfAborted();
      try {
        return await once<T>(request, until - performance.now());
      } catch (error) {
        if (!(error instanceof FrontrowError) || !mayRepeat(error, request)) throw error;
        const backOffMs = Math.min(longestPauseMs, retryMs * 2 ** tries) * (0.5 + Math.random() / 2);
        const pauseMs = (error.retryAfterSeconds ?? 0) * 1000 + backOffMs;
        if (performance.now() + pauseMs > until) throw error;
        await pause(pauseMs, request.signal);
      }
    }
  }

  return { send, open };
}

function mayRepeat({ status }: FrontrowError, { repeatable }: Request): boolean {
  return status === unharmed || (repeatable && passing.includes(status));
}

async function fetchWith(options: ClientOptions, request: Request, signal?: AbortSignal): Promise<Response> {
  const { baseUrl, token, fetch: send = fetch } = options;
  const bearer = typeof token === 'function' ? await token() : token;
  const headers = new Headers();
  const all = {
    ...request.headers,
    Authorization: bearer && `Bearer ${bearer}`,
    'Content-Type': request.body === undefined ? undefined : 'application/json',
  };
  for (const [name, value] of Object.entries(all)) if (value) headers.set(name, value);
  return send(baseUrl.replace(/\/+$/, '') + request.path, {
    method: request.method,
    headers,
    ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    ...(signal && { signal }),
  });
}

function parse(text: string, { status, headers }: Response): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    const requestId = headers.get('X-Request-Id') ?? undefined;
    throw new FrontrowError('UNEXPECTED_ANSWER', { status, requestId, detail: 'The answer is not JSON' });
  }
}

/** `fetch failed` has its reason inside. */
function reasonOf(error: unknown): string {
  const { message = String(error), cause } = (error ?? {}) as { message?: string; cause?: { message?: string } };
  return cause?.message || message;
}
