import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '../../shared/platform/config';
import { networkOf } from './network';

type ConnectionLimits = Pick<Config, 'MAX_CONNECTIONS_PER_ADDRESS' | 'TRUST_PROXY'>;

const tooMany = 'HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n';

/**
 * Bounds the connections of one address (IPv6: one /64), before a byte of theirs is read. Behind proxies all connections are
 * theirs, so it is for them to bound those of clients.
 */
export function boundConnections(server: Server, limits: ConnectionLimits): void {
  const most = limits.TRUST_PROXY > 0 ? 0 : limits.MAX_CONNECTIONS_PER_ADDRESS;
  if (most === 0) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const network = networkOf(socket.remoteAddress ?? '');
    const before = open.get(network) ?? 0;
    if (before >= most) {
      socket.end(tooMany);
      socket.destroySoon();
      return;
    }
    open.set(network, before + 1);
    socket.once('close', () => {
      const left = (open.get(network) ?? 1) - 1;
      if (left > 0) open.set(network, left);
      else open.delete(network);
    });
  });
}

/** ms. Whoever takes no byte of an answer for so long is cut off. */
const stalledMs = 15_000;
/** ms. */
const sweepMs = 1000;

/**
 * Cuts off clients that don't read what they asked for, which would otherwise keep it in memory for as long as they like. A
 * client that reads slowly takes a byte now and then, and is waited for.
 */
export function cutSlowReaders(server: Server, patienceMs = stalledMs): void {
  const stalls = new Map<Socket, { taken: number; since: number }>();
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      stalls.delete(socket);
    });
  });
  const timer = setInterval(() => {
    const now = performance.now();
    for (const socket of sockets) {
      if (socket.writableLength === 0) {
        stalls.delete(socket);
        continue;
      }
      const taken = takenBytes(socket);
      const stall = stalls.get(socket);
      if (stall?.taken !== taken) stalls.set(socket, { taken, since: now });
      else if (now - stall.since >= patienceMs) socket.destroy();
    }
  }, sweepMs).unref();
  server.once('close', () => clearInterval(timer));
}

/** What the operating system has taken of what was written: Node counts whole writes, of which one may be a map of megabytes. */
function takenBytes(socket: Socket): number {
  const { _handle: handle } = socket as Socket & {
    _handle?: { bytesWritten?: number; writeQueueSize?: number } | null;
  };
  return (handle?.bytesWritten ?? socket.bytesWritten) - (handle?.writeQueueSize ?? 0);
}
