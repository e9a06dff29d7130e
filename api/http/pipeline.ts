import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problemDocument } from '../../shared/platform/errors';

interface Turn {
  request: IncomingMessage;
  response: ServerResponse;
}

/** Requests of one connection that wait for the one before them. */
interface Line {
  turns: Turn[];
  /** Too many came: the next turn is answered so, and is the last one. */
  full: boolean;
}

/** HTTP clients that pipeline at all send a few requests ahead. */
const maxAhead = 32;

const lines = new WeakMap<Socket, Line>();

/** Whether further requests of this connection wait for an answer that has not been given yet. */
export function isPipelined(socket: Socket): boolean {
  return (lines.get(socket)?.turns.length ?? 0) > 0;
}

/**
 * Serves one request of a connection at a time, and others in between: whoever sends ten thousand requests ahead on one
 * connection would otherwise have all of them worked on before anybody else's. Beyond `maxAhead` the next one is answered 429,
 * the last answer of the connection.
 */
export function oneAtATime(serve: RequestListener): RequestListener {
  function run(turn: Turn, line: Line): void {
    const { request, response } = turn;
    response.once('close', () => next(request.socket, line));
    if (line.full) refuse(response);
    else serve(request as Parameters<RequestListener>[0], response as Parameters<RequestListener>[1]);
  }

  function next(socket: Socket, line: Line): void {
    const turn = line.turns.shift();
    if (!turn || socket.destroyed) return void lines.delete(socket);
    setImmediate(run, turn, line);
  }

  return (request, response) => {
    const line = lines.get(request.socket);
    if (!line) {
      const begun = { turns: [], full: false };
      lines.set(request.socket, begun);
      return run({ request, response }, begun);
    }
    if (!line.full) line.turns.push({ request, response });
    if (line.turns.length <= maxAhead) return;
    line.full = true;
    line.turns.length = 1;
    request.socket.pause();
  };
}

function refuse(response: ServerResponse): void {
  const detail = `More than ${maxAhead} requests ahead of their answers on one connection.`;
  const body = JSON.stringify(problemDocument('RATE_LIMITED', detail));
  response.writeHead(429, {
    Connection: 'close',
    'Retry-After': 1,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}
