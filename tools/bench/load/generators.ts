import { Client } from 'undici';
import { type HttpConnection, openConnection } from './connection';

type Method = Parameters<Client['request']>[0]['method'];

/** The same by a client that many programs use: complete, and heavier than the lean one. */
async function openUndici(port: number): Promise<HttpConnection> {
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

/** @param port on 127.0.0.1 */
export type OpenConnection = (port: number) => Promise<HttpConnection>;

/** Two ways to make the same requests, so that no figure rests on the peculiarities of one client. */
export const generators = { lean: openConnection, undici: openUndici } satisfies Record<string, OpenConnection>;

export type Generator = keyof typeof generators;
