import type { Response } from 'express';
import { Problem } from '../shared/platform/errors';
import type { Lifecycle } from '../shared/platform/lifecycle';

/** How an open stream is written to. */
export interface EventSink {
  send(event: string, data: unknown): void;
  /** Ends the stream in order; the client need not come back. */
  end(): void;
}

/** Starts the flow of events; answers how to stop it. */
export type OpenStream = (sink: EventSink) => () => void;

/** The Server-Sent Events of one API process. */
export interface EventStreams {
  /** @throws Problem TOO_MANY_STREAMS when the user has as many open here as one may have */
  admit(userId: string): void;
  /** Sends the headers, then events until either side ends it; a comment now and then keeps proxies from closing it. */
  open(response: Response, userId: string, start: OpenStream): void;
  /** Ends all of them; clients come back, to another process. */
  close(): void;
}

const heartbeatMs = 15_000;
/** What clients are told to wait before they come back. */
const retryMs = 3000;

export function createEventStreams(maxPerUser: number, lifecycle: Lifecycle): EventStreams {
  const streams = new Map<string, Set<Response>>();
  const heartbeat = setInterval(() => {
    for (const those of streams.values()) for (const response of those) response.write(':\n\n');
  }, heartbeatMs);

  function close(): void {
    for (const those of streams.values()) for (const response of those) response.end();
  }
  lifecycle.onClose('event streams', () => {
    clearInterval(heartbeat);
    close();
  });

  return {
    close,
    admit(userId) {
      if ((streams.get(userId)?.size ?? 0) < maxPerUser) return;
      throw new Problem('TOO_MANY_STREAMS', {
        detail: `One user may have ${maxPerUser} streams open.`,
        retryAfterSeconds: 5,
      });
    },
    open(response, userId, start) {
      const those = streams.get(userId) ?? new Set();
      streams.set(userId, those.add(response));
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      response.setHeader('X-Accel-Buffering', 'no');
      response.write(`retry: ${retryMs}\n\n`);
      let id = 0;
      const stop = start({
        send(event, data) {
          id += 1;
          response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        },
        end: () => void response.end(),
      });
      response.once('close', () => {
        stop();
        those.delete(response);
        if (those.size === 0 && streams.get(userId) === those) streams.delete(userId);
      });
    },
  };
}
