import type { Response } from 'express';
import { z } from 'zod';
import type { Metrics } from '../../shared/metrics/metrics';
import type { Lifecycle } from '../../shared/platform/lifecycle';
import type { EventSink, EventStream } from '../http/route';
import { createQuotas, type StreamClient, type StreamLimits } from './quotas';

/** What a browser's `EventSource` sends by itself when it comes back. */
export const lastEventId = z.object({
  'last-event-id': z.string().optional().meta({ description: '`id` of the last event that you have received' }),
});

/** The Server-Sent Events of one API process. */
export interface EventStreams {
  /**
   * Sends the headers, then events until either side ends it; a comment now and then keeps proxies from closing it. A client
   * that reads too slowly is cut off, and resumes by coming back. It ends with the client's token.
   * @throws Problem TOO_MANY_STREAMS when the client, or this process, has as many as may be
   */
  open(response: Response, client: StreamClient, stream: EventStream): void;
  /** Ends all of them; clients come back, to another process. */
  close(): void;
}

const streamKinds: readonly EventStream['kind'][] = ['queue', 'seats', 'jobs'];
/** What clients wait before they come back. */
const retryMs = 3000;
/** Bytes that may wait for a slow client, beside the longest frame that it was sent. */
const maxPendingBytes = 256 * 1024;
const heartbeatFrame = Buffer.from(':\n\n');
/** ms. Longer ones overflow a timer, which then fires at once. */
const longestTimerMs = 2 ** 31 - 1;

interface EventStreamOptions {
  config: StreamLimits;
  lifecycle: Lifecycle;
  metrics: Pick<Metrics, 'streams' | 'streamsCut'>;
  heartbeatMs?: number;
}

export function createEventStreams(options: EventStreamOptions): EventStreams {
  const { config, lifecycle, metrics, heartbeatMs = 15_000 } = options;
  const quotas = createQuotas(config);
  /** How each is written to. */
  const streams = new Map<Response, (frame: Buffer) => void>();
  for (const kind of streamKinds) {
    metrics.streams.set({ kind }, 0);
    metrics.streamsCut.inc({ kind }, 0);
  }
  const heartbeat = setInterval(() => {
    for (const write of streams.values()) write(heartbeatFrame);
  }, heartbeatMs);

  function close(): void {
    for (const response of streams.keys()) response.end();
  }
  lifecycle.onClose('event streams', () => {
    clearInterval(heartbeat);
    close();
  });

  return {
    close,
    open(response, client, { kind, start }) {
      // Gone before it began: nothing would ever close it.
      if (response.destroyed) return;
      const giveBack = quotas.take(client);
      const write = writerOf(response, () => metrics.streamsCut.inc({ kind }));
      streams.set(response, write);
      metrics.streams.inc({ kind });
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      response.setHeader('X-Accel-Buffering', 'no');
      response.write(`retry: ${retryMs}\n\n`);
      const send: EventSink['send'] = (event, data, id) => write(eventFrame(event, data, id));
      const stop = start({ send, write, drained: () => drainedOf(response), end: () => void response.end() });
      const { remainingMs } = client;
      const timer =
        typeof remainingMs === 'number'
          ? setTimeout(() => response.end(), Math.min(remainingMs, longestTimerMs)).unref()
          : undefined;
      response.once('close', () => {
        clearTimeout(timer);
        stop();
        giveBack();
        streams.delete(response);
        metrics.streams.dec({ kind });
      });
    },
  };
}

function drainedOf(response: Response): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** One event as it goes over the wire. */
export function eventFrame(event: string, data: unknown, id?: string): Buffer {
  return Buffer.from(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Writes unless too much is waiting already: then the client is cut off, which is all that it can notice. */
function writerOf(response: Response, onCut: () => void): (frame: Buffer) => void {
  let longest = 0;
  return (frame) => {
    if (response.destroyed || response.writableEnded) return;
    if (response.writableLength > maxPendingBytes + longest) {
      onCut();
      response.destroy();
      return;
    }
    longest = Math.max(longest, frame.length);
    response.write(frame);
  };
}
