import { setTimeout as sleep } from 'node:timers/promises';

/** Somebody at the keyboard: who they are, and their place in line. */
export interface Visitor {
  name: string;
  token: string;
  queueToken?: string;
}

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Call {
  visitor?: Visitor;
  body?: unknown;
  /** Idempotency-Key, for commands. */
  key?: string;
  /** How long the answer may wait for the outcome of a command. */
  waitSeconds?: number;
}

export type Send = <T>(method: string, path: string, call?: Call) => Promise<Answer<T>>;

/** How often a request is repeated that the server asked to repeat, or that got no answer. */
const mostTries = 5;
const answerMs = 10_000;

/**
 * Sends as a careful client does: whatever the server says will pass (429, 503), and whatever got no answer, is sent
 * again after the time it names, with the same key, so that it happens once.
 */
export function createSend(baseUrl: string): Send {
  return async (method, path, call = {}) => {
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`${baseUrl}${path}`, requestOf(method, call)).catch((error: Error) => {
        if (tries === mostTries) throw new Error(`${method} ${path} got no answer: ${reasonOf(error)}.`);
      });
      if (response && (![429, 503].includes(response.status) || tries === mostTries)) {
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
      }
      await sleep(retryAfterMs(response?.headers));
    }
  };
}

function requestOf(method: string, { visitor, body, key, waitSeconds }: Call): RequestInit {
  const headers: Record<string, string> = {};
  if (visitor) headers.Authorization = `Bearer ${visitor.token}`;
  if (visitor?.queueToken) headers['Queue-Token'] = visitor.queueToken;
  if (key) headers['Idempotency-Key'] = key;
  if (waitSeconds) headers.Prefer = `wait=${waitSeconds}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  return {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(answerMs),
  };
}

/** A second, unless the server says otherwise. */
export function retryAfterMs(headers: Headers | undefined): number {
  const seconds = Number(headers?.get('Retry-After') ?? 1);
  return (Number.isFinite(seconds) ? seconds : 1) * 1000;
}

/** `fetch failed` has its reason inside. */
function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error ? cause.message || message : message;
}
