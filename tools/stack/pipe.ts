import type { Socket } from 'node:net';

/** What a network does to every connection at the moment; shared, and changed while connections are open. */
export interface Rules {
  delayMs: number;
  bytesPerSecond: number;
  frozen: boolean;
}

/** One direction of a connection. */
export interface Pipe {
  /** To be called when the rules have changed. */
  changed(): void;
  /** Forwards nothing ever again, and reads on, so that the sender notices nothing. */
  close(): void;
}

/** Bytes under way at most; beyond this the sender is made to wait, as a full socket would. */
const most = 1024 * 1024;

export function createPipe(from: Socket, to: Socket, rules: Rules): Pipe {
  const waiting: { chunk: Buffer | null; dueAt: number }[] = [];
  let bytes = 0;
  let busyUntil = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** `null` is the end of what the sender says. */
  function put(chunk: Buffer | null): void {
    if (closed) return;
    const now = performance.now();
    const size = chunk?.length ?? 0;
    busyUntil = Math.max(busyUntil, now) + (size / rules.bytesPerSecond) * 1000;
    waiting.push({ chunk, dueAt: busyUntil + rules.delayMs });
    bytes += size;
    if (bytes > most) from.pause();
    look();
  }

  function look(): void {
    clearTimeout(timer);
    if (closed || rules.frozen) return;
    const now = performance.now();
    for (let next = waiting[0]; next && next.dueAt <= now; next = waiting[0]) {
      waiting.shift();
      bytes -= next.chunk?.length ?? 0;
      if (next.chunk) to.write(next.chunk);
      else to.end();
    }
    if (bytes <= most) from.resume();
    const [next] = waiting;
    if (next) timer = setTimeout(look, Math.max(1, next.dueAt - now));
  }

  from.on('data', put);
  from.on('end', () => put(null));
  return {
    changed() {
      const now = performance.now();
      const latest = rules.bytesPerSecond === Infinity ? now + rules.delayMs : Infinity;
      busyUntil = Math.min(busyUntil, latest);
      for (const next of waiting) next.dueAt = Math.min(next.dueAt, latest);
      look();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      waiting.length = 0;
      from.resume();
    },
  };
}
