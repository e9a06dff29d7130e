import { connect, type Socket } from 'node:net';
import type { ChangeStreamUpdateDocument } from 'mongodb';
import type { SeatDoc } from '../../../shared/concerts/seat.model';
import { type Models, native } from '../../../shared/models';

/** Many open streams of one address, read as leanly as possible: the load generator shares the machine. */
export interface Listeners {
  /** When each frame came (ms since 1970) at one listener after another, by the frame's id. */
  arrivals: Map<string, number[]>;
  /** Seats that the frame of an id names. */
  changes: Map<string, string[]>;
  /** Changes that each listener was received. */
  received: number[];
  close(): void;
}

/** @param port on 127.0.0.1. Resolves when all of them have had their seat map */
export async function openListeners(port: number, path: string, count: number): Promise<Listeners> {
  const listeners: Omit<Listeners, 'close'> = { arrivals: new Map(), changes: new Map(), received: [] };
  const sockets: Socket[] = [];
  const perTurn = 50;
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(perTurn, count - sockets.length) }, (_, i) =>
      openOne(port, path, sockets.length + i, listeners),
    );
    sockets.push(...(await Promise.all(some)));
  }
  return { ...listeners, close: () => sockets.forEach((socket) => void socket.destroy()) };
}

function openOne(port: number, path: string, index: number, to: Omit<Listeners, 'close'>): Promise<Socket> {
  to.received[index] = 0;
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`);
    let rest = '';
    socket.setEncoding('latin1').on('data', (piece: string) => {
      const at = performance.timeOrigin + performance.now();
      const blocks = (rest + piece).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        if (block.includes('event: seat-map')) resolve(socket);
        else if (block.includes('event: seats')) note(block, index, at, to);
      }
    });
  });
}

function note(
  block: string,
  index: number,
  at: number,
  { arrivals, changes, received }: Omit<Listeners, 'close'>,
): void {
  const id = block.slice(block.indexOf('id: '), block.indexOf('\nevent: '));
  let named = changes.get(id);
  if (!named) {
    const data: { changes: { id: string }[] } = JSON.parse(block.slice(block.indexOf('data: ') + 6));
    named = data.changes.map((change) => change.id);
    changes.set(id, named);
    arrivals.set(id, []);
  }
  arrivals.get(id)?.push(at);
  received[index] = (received[index] ?? 0) + named.length;
}

/** When MongoDB committed the last change of each seat (ms since 1970, by its log). */
export interface Commits {
  at: Map<string, number>;
  close(): Promise<void>;
}

export async function followCommits(models: Models): Promise<Commits> {
  const at = new Map<string, number>();
  const stream = native(models, 'seats').watch<SeatDoc, ChangeStreamUpdateDocument<SeatDoc>>([
    { $match: { operationType: 'update' } },
  ]);
  stream.on('change', ({ documentKey, wallTime }) => {
    if (wallTime) at.set(documentKey._id, wallTime.getTime());
  });
  await new Promise<void>((resolve) => stream.once('resumeTokenChanged', () => resolve()));
  return { at, close: () => stream.close() };
}
