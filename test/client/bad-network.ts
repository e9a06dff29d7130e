import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * What happens to one request: it gets through but its answer is lost, whole or half way; it never arrives; or something in
 * between answers in the API's place.
 */
export type Fault =
  | 'lose-answer'
  | 'cut-answer'
  | 'never-arrives'
  | { status: number; headers?: Record<string, string>; body?: string };

export interface BadNetwork {
  url: string;
  /** Happens to the next requests, one each; then all is well. */
  next(...faults: Fault[]): void;
  /** Method, path and key of all that came so far, and when, ms. */
  seen: { method: string; path: string; key: string | undefined; at: number }[];
  /** Requests that are being answered. */
  open(): number;
  close(): Promise<void>;
}

/** Stands between a client and the real API. */
export async function openBadNetwork(target: string): Promise<BadNetwork> {
  const faults: Fault[] = [];
  const seen: BadNetwork['seen'] = [];
  let under = 0;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    seen.push({ method, path: url, key: headers['idempotency-key'] as string | undefined, at: performance.now() });
    const fault = faults.shift();
    if (fault === 'never-arrives') return void request.socket.destroy();
    const body = await buffer(request);
    if (typeof fault === 'object') return void response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
    const answer = await forward(`${target}${url}`, request, body);
    if (fault === 'lose-answer') {
      answer.resume();
      await once(answer, 'end');
      return void request.socket.destroy();
    }
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    if (fault !== 'cut-answer') return void answer.pipe(response);
    response.write((await buffer(answer)).subarray(0, 10));
    setImmediate(() => request.socket.destroy());
  }

  const server = createServer((request, response) => {
    under += 1;
    response.once('close', () => under--);
    pass(request, response).catch(() => request.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (...more) => void faults.push(...more),
    seen,
    open: () => under,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function forward(url: string, { method, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const request = httpRequest(url, { method, headers: { ...headers, connection: 'close' } });
  request.end(body);
  const [answer] = await once(request, 'response');
  return answer as IncomingMessage;
}
