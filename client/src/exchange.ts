import { FrontrowError } from './errors.ts';
import { readEvents, type ServerEvent, type StreamOptions } from './event-stream.ts';
import { pause } from './pause.ts';
import { readProblem } from './problem-response.ts';
import { retry } from './retry.ts';

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
  /** Called after every try. */
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
  cache?: 'no-store';
}

export interface Received<T> {
  headers: Headers;
  body: T;
}

export interface Exchange {
  /** Sends until there is an answer that a repeat would not change. @throws FrontrowError, the signal's reason */
  send<T>(request: Request): Promise<Received<T>>;
  /** Reads an event stream, once. @throws FrontrowError when there is none, it breaks off or falls silent; the signal's reason */
  stream(request: Request, options: StreamOptions): AsyncGenerator<ServerEvent>;
}

const maxPauseMs = 10_000;
/** Refused before anything happened; or a transient failure, or the answer lost on its way. */
const refusedUnprocessed = 429;
const transientStatuses = [0, 502, 503, 504];

export function createExchange(options: ClientOptions): Exchange {
  const { retryMs = 250, deadlineMs: defaultDeadlineMs = 60_000, answerMs = 15_000 } = options;

  async function open(request: Request, signal?: AbortSignal): Promise<Response> {
    const { method, path } = request;
    const started = performance.now();
    let status = 0;
    try {
      const response = await fetchWith(options, request, signal);
      status = response.status;
      if (response.ok) return response;
      throw await readProblem(response);
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
      throw failure(error, request, signal);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    async send<T>(request: Request) {
      const { signal, deadlineMs = defaultDeadlineMs } = request;
      const until = performance.now() + deadlineMs;
      const attempt = () => {
        signal?.throwIfAborted();
        return once<T>(request, until - performance.now());
      };
      return retry(attempt, {
        mayRepeat: (error) => error instanceof FrontrowError && mayRepeat(error, request),
        firstMs: retryMs,
        maxMs: maxPauseMs,
        pause: (ms) => pause(ms, signal),
        until,
      });
    },

    async *stream(request, options) {
      const { lastEventId } = options;
      const headers = { ...request.headers, Accept: 'text/event-stream', 'Last-Event-ID': lastEventId ?? undefined };
      // Browsers make a second request of an address wait for the first one, unless neither may be stored.
      const asked: Request = { ...request, headers, cache: 'no-store' };
      try {
        yield* readEvents(async (signal) => eventStreamOf(await open(asked, signal)), { ...options, answerMs });
      } catch (error) {
        throw failure(error, request, options.signal);
      }
    },
  };
}

/** What a caller is thrown: their own signal's reason, what the server said, or that there was no answer. */
function failure(error: unknown, { method, path }: Request, signal?: AbortSignal): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof FrontrowError) return error;
  return new FrontrowError('NO_ANSWER', { detail: `${method} ${path}: ${reasonOf(error)}`, cause: error });
}

function eventStreamOf(response: Response): Response {
  const { status, headers } = response;
  if (headers.get('Content-Type')?.startsWith('text/event-stream')) return response;
  throw new FrontrowError('UNEXPECTED_ANSWER', { status, detail: 'The answer is not an event stream' });
}

function mayRepeat({ status, code }: FrontrowError, { repeatable }: Request): boolean {
  // It has the state that was asked for.
  if (code === 'QUEUE_POLL_TOO_EARLY') return false;
  return status === refusedUnprocessed || (repeatable && transientStatuses.includes(status));
}

async function fetchWith(options: ClientOptions, request: Request, signal?: AbortSignal): Promise<Response> {
  const { baseUrl, token, fetch: send = fetch } = options;
  const bearer = typeof token === 'function' ? await token() : token;
  const headers = new Headers();
  const all = {
    ...request.headers,
    Authorization: bearer && `Bearer ${bearer}`,
    'Content-Type': contentTypeOf(request.body),
  };
  for (const [name, value] of Object.entries(all)) if (value) headers.set(name, value);
  return send(baseUrl.replace(/\/+$/, '') + request.path, {
    method: request.method,
    headers,
    ...(request.body !== undefined && {
      body: request.body instanceof Blob ? request.body : JSON.stringify(request.body),
    }),
    ...(signal && { signal }),
    ...(request.cache && { cache: request.cache }),
  });
}

/** A file says what it is; all else is sent as JSON. */
function contentTypeOf(body: unknown): string | undefined {
  if (body === undefined) return undefined;
  return body instanceof Blob ? body.type : 'application/json';
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
