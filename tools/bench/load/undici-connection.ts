import { Client } from 'undici';
import type { HttpConnection } from './connection';

type Method = Parameters<Client['request']>[0]['method'];

/** The same by a client that many programs use: complete, and heavier than the lean one. */
export async function openUndici(port: number): Promise<HttpConnection> {
  const client = new Client(`http://127.0.0.1:${port}`, { pipelining: 1 });
  return {
    async request(method, path, headers, body) {
      const all = body ? { ...headers, 'Content-Type': 'application/json' } : headers;
      const answer = await client.request({ method: method as Method, path, headers: all, body: body || null });
      return { status: answer.statusCode, body: await answer.body.text() };
    },
    isOpen: () => !client.closed && !client.destroyed,
    close: () => void client.destroy(),
  };
}
