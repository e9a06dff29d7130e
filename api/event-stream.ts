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
  /**
   * Takes one of the user's places; `open` must follow.
   * @throws Problem TOO_MANY_STREAMS when all of them are taken here
   */
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
  const streams = new Set<Response>();
  const taken = new Map<string, number>();
  const heartbeat = setInterval(() => {
    for (const response of streams) response.write(':\n\n');
  }, heartbeatMs);

  function close(): void {
    for (const response of streams) response.end();
  }
  lifecycle.onClose('event streams', () => {
    clearInterval(heartbeat);
    close();
  });

  return {
    close,
    admit(userId) {
      const before = taken.get(userId) ?? 0;
      const detail = `One user may have ${maxPerUser} streams open.`;
      if (before >= maxPerUser) throw new Problem('TOO_MANY_STREAMS', { detail, retryAfterSeconds: 5 });
      taken.set(userId, before + 1);
    },
    open(response, userId, start) {
      streams.add(response);
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      response.setHeader('X-Accel-Buffering', 'no');
      response.write(`retry: ${retryMs}\n\n`);
      const stop = start({
        send(event, data) {
          response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
        },
        end: () => void response.end(),
      });
      response.once('close', () => {
        stop();
        streams.delete(response);
        const left = (taken.get(userId) ?? 1) - 1;
        if (left > 0) taken.set(userId, left);
        else taken.delete(userId);
      });
    },
  };
}
