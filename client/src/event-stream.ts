import { createParser } from 'eventsource-parser';
import { FrontrowError } from './errors.ts';

/** One Server-Sent Event. */
export interface ServerEvent {
  event: string;
  data: string;
  id: string | null;
}

interface EventParserOptions {
  onEvent: (event: ServerEvent) => void;
  /** The server asks clients to wait so many ms before they come back. */
  onRetry?: ((ms: number) => void) | undefined;
  onComment?: (() => void) | undefined;
}

/** Parses `text/event-stream`, chunk after chunk. */
export function eventParser({ onEvent, onRetry, onComment }: EventParserOptions): { feed(chunk: string): void } {
  return createParser({
    onEvent: ({ event = 'message', data, id = null }) => onEvent({ event, data, id }),
    onRetry,
    onComment,
  });
}

export interface StreamOptions {
  signal?: AbortSignal | undefined;
  /** The last event that was received, when coming back. */
  lastEventId?: string | null | undefined;
  /** The first bytes are there. */
  onOpen?: (() => void) | undefined;
  onRetry?: ((ms: number) => void) | undefined;
}

/** The server writes at once, then a comment every 15 seconds; a proxy may hold all of it back. */
const maxFirstByteMs = 10_000;
const silenceMs = 40_000;

/** The events of a response, until it ends. @throws when there is none, when it breaks off or falls silent */
export async function* readEvents(
  open: (signal: AbortSignal) => Promise<Response>,
  { signal, onOpen, onRetry, answerMs }: StreamOptions & { answerMs: number },
): AsyncGenerator<ServerEvent> {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = (ms: number) => {
    timer = setTimeout(
      () => controller.abort(new FrontrowError('STREAM_SILENT', { detail: `No byte for ${ms} ms` })),
      ms,
    );
  };
  const events: ServerEvent[] = [];
  const parser = eventParser({ onEvent: (event) => events.push(event), onRetry });
  signal?.addEventListener('abort', abort);
  try {
    signal?.throwIfAborted();
    limit(Math.min(maxFirstByteMs, answerMs));
    const response = await open(controller.signal);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let isFirst = true; reader; isFirst = false) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return;
      if (isFirst) onOpen?.();
      parser.feed(value);
      yield* events.splice(0);
      limit(silenceMs);
    }
  } catch (error) {
    // A body that is cut off by a signal does not everywhere fail with the signal's reason.
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    controller.abort();
  }
}
