import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Method } from '../../api/http/endpoint';
import type { Route } from '../../api/http/route';
import { createCheckAnswer } from './check-answer';
import { until } from './until';

export interface RequestOptions {
  token?: string;
  queueToken?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  rawBody?: string;
  headers?: Record<string, string>;
}

/** An answer as documented: every one has been compared with the record of its endpoint. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: IncomingHttpHeaders;
  body: T;
  /** As it came over the wire. */
  text: string;
}

export interface CommandOptions extends RequestOptions {
  /** A new one by default. */
  key?: string;
  /** Seconds to wait for the outcome; null sends no preference. By default 8, and on for as long as a busy machine takes. */
  wait?: number | null;
}

export interface Client {
  send<T = Record<string, unknown>>(
    method: Method | 'head' | 'options',
    path: string,
    options?: RequestOptions,
  ): Promise<Answer<T>>;
  /** Sends with an Idempotency-Key and `Prefer: wait`, and waits for the outcome. */
  command<T = Record<string, unknown>>(method: Method, path: string, options?: CommandOptions): Promise<Answer<T>>;
  close(): void;
}

const answerMs = 45_000;
/** Seconds. */
const defaultWait = 8;

const isAccepted = ({ body }: Answer<unknown>) => (body as { status?: unknown } | undefined)?.status === 'accepted';

export function createClient(url: string, routes: readonly Route[]): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const check = createCheckAnswer(routes);

  async function send<T>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const content = options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const { status, headers, text } = await exchange(
      agent,
      `${url}${path}`,
      method,
      headersOf(options, content),
      content,
    );
    const type = headers['content-type'] ?? '';
    const body = text !== '' && type.includes('json') ? JSON.parse(text) : undefined;
    if (method !== 'head') check(method, path, status, type, body);
    return { status, headers, text, body: body as T };
  }

  async function command<T>(method: Method, path: string, asked: CommandOptions = {}): Promise<Answer<T>> {
    const { key = randomUUID(), wait = defaultWait, headers, ...options } = asked;
    const answer = await send<T>(method, path, {
      ...options,
      headers: { 'Idempotency-Key': key, ...(wait !== null && { Prefer: `wait=${wait}` }), ...headers },
    });
    const { location } = answer.headers;
    if (asked.wait !== undefined || !location || !isAccepted(answer)) return answer;
    // The machine is busy.
    return until('an outcome', async () => {
      const job = await send<T>('get', location, options.token ? { token: options.token } : {});
      return !isAccepted(job) && { ...answer, body: job.body, text: job.text };
    });
  }

  return { send, command, close: () => agent.destroy() };
}

function headersOf({ token, queueToken, headers }: RequestOptions, content: string | undefined) {
  return {
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(queueToken && { 'Queue-Token': queueToken }),
    ...(content !== undefined && {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(content)),
    }),
    ...headers,
  };
}

/** One exchange. Node's own client, since it sends whatever a test wants and closes when told to. */
function exchange(agent: Agent, url: string, method: string, headers: Record<string, string>, content?: string) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const signal = AbortSignal.timeout(answerMs);
    const request = httpRequest(url, { agent, method: method.toUpperCase(), headers, signal }, (response) => {
      text(response).then(
        (received) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received }),
        reject,
      );
    });
    request.once('error', reject);
    request.end(content);
  });
}
