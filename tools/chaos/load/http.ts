import { Agent, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { SignJWT } from 'jose';
import { runSecret } from '../../stack/settings';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Parsed JSON; null without a body. */
  body: unknown;
}

/** Why there was no answer. */
type Failure =
  /** Nobody listens: nothing was sent. */
  | 'refused'
  /** A kept connection was closed before any byte of an answer: HTTP lets a client repeat (RFC 9112, 9.3.1). */
  | 'closed-while-idle'
  /** A connection broke under a request. */
  | 'broken'
  | 'timeout'
  /** The client itself went away. */
  | 'abandoned';

type Exchanged = { answer: Answer; failure?: undefined } | { answer?: undefined; failure: Failure };

interface Outgoing {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body?: unknown;
  /** The client goes away after so many milliseconds. */
  abandonMs?: number;
}

/** A client's connections to all API processes. */
export interface Http {
  send(url: string, outgoing: Outgoing): Promise<Exchanged>;
  close(): void;
}

/** @param timeoutMs for one whole answer */
export function openHttp(timeoutMs: number, maxSockets = 128): Http {
  const agent = new Agent({ keepAlive: true, maxSockets, scheduling: 'lifo' });
  return {
    send: (url, outgoing) => exchange(agent, `${url}${outgoing.path}`, outgoing, timeoutMs),
    close: () => agent.destroy(),
  };
}

function exchange(agent: Agent, url: string, outgoing: Outgoing, timeoutMs: number): Promise<Exchanged> {
  const { method, abandonMs } = outgoing;
  const content = outgoing.body === undefined ? undefined : JSON.stringify(outgoing.body);
  const headers: Record<string, string | number> = { ...outgoing.headers };
  if (content !== undefined) {
    headers['Content-Type'] = 'application/json';
    headers['Content-Length'] = Buffer.byteLength(content);
  }
  return new Promise((resolve) => {
    const sent = request(url, { agent, method, headers });
    let answering = false;
    const late = abandonMs === undefined ? 'timeout' : 'abandoned';
    const timer = setTimeout(() => finish({ failure: late }), abandonMs ?? timeoutMs);
    const finish = (exchanged: Exchanged) => {
      clearTimeout(timer);
      resolve(exchanged);
      if (exchanged.failure) sent.destroy();
    };
    sent.on('response', (response) => {
      answering = true;
      read(response).then(
        (answer) => finish({ answer }),
        () => finish({ failure: 'broken' }),
      );
    });
    sent.on('error', (error: NodeJS.ErrnoException) => finish({ failure: failureOf(error, sent, answering) }));
    sent.end(content);
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const content = await text(response);
  const { statusCode: status = 0, headers } = response;
  return { status, headers, body: content === '' ? null : JSON.parse(content) };
}

function failureOf(error: NodeJS.ErrnoException, sent: ClientRequest, answering: boolean): Failure {
  if (error.code === 'ECONNREFUSED') return 'refused';
  return sent.reusedSocket && !answering ? 'closed-while-idle' : 'broken';
}

/** Somebody who buys: what their requests carry. */
export interface Person {
  userId: string;
  token: string;
  concertId: string;
  /** Null until they have joined the line. */
  queueToken: string | null;
}

const key = new TextEncoder().encode(runSecret);

/** An identity provider would sign this. */
export async function createPerson(userId: string, concertId: string): Promise<Person> {
  const jwt = new SignJWT().setProtectedHeader({ alg: 'HS256' }).setSubject(userId).setExpirationTime('12h');
  return { userId, token: await jwt.sign(key), concertId, queueToken: null };
}

export function headersOf({ token, queueToken }: Person): Record<string, string> {
  return { Authorization: `Bearer ${token}`, ...(queueToken && { 'Queue-Token': queueToken }) };
}
