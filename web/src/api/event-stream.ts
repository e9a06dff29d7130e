import { bearer } from '../platform/session';
import { FrontrowError, watchedFetch } from './api';
import { createEventParser, type ServerEvent } from './read-events';

/** The server says something every 15 seconds. */
const silentMs = 40_000;

interface StreamRequest {
  path: string;
  headers?: Record<string, string>;
  /** What was heard last, when coming back. */
  lastEventId?: string | null;
  /** The stream is there. */
  onOpen?: () => void;
  onEvent: (event: ServerEvent) => void;
  signal: AbortSignal;
}

/**
 * Reads a stream to its end. Not with EventSource, which sends no headers: the tokens would have to be in the address.
 * @returns ms that the server asks to wait before coming back, if it did
 * @throws FrontrowError when there is no stream, or it breaks or falls silent; the signal's reason
 */
export async function readStream(request: StreamRequest): Promise<number | null> {
  const own = new AbortController();
  const abort = () => own.abort(request.signal.reason);
  request.signal.addEventListener('abort', abort);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => own.abort(), silentMs);
  };
  try {
    request.signal.throwIfAborted();
    listen();
    const reader = (await open(request, own.signal)).pipeThrough(new TextDecoderStream()).getReader();
    const parser = createEventParser();
    for (;;) {
      const { done, value } = await reader.read();
      listen();
      if (done) return parser.retryMs;
      for (const event of parser.take(value)) request.onEvent(event);
    }
  } catch (error) {
    request.signal.throwIfAborted();
    throw error instanceof FrontrowError ? error : new FrontrowError('NO_ANSWER', { cause: error });
  } finally {
    clearTimeout(timer);
    request.signal.removeEventListener('abort', abort);
    own.abort();
  }
}

async function open({ path, headers, lastEventId, onOpen }: StreamRequest, signal: AbortSignal) {
  const token = bearer();
  const response = await watchedFetch(path, {
    signal,
    cache: 'no-store',
    headers: {
      Accept: 'text/event-stream',
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(lastEventId && { 'Last-Event-ID': lastEventId }),
      ...headers,
    },
  });
  if (!response.ok || !response.body) throw await problemOf(response);
  onOpen?.();
  return response.body as ReadableStream<BufferSource>;
}

async function problemOf(response: Response): Promise<FrontrowError> {
  const problem = await response.json().catch(() => null);
  const retryAfterSeconds = Number(response.headers.get('Retry-After') ?? 0);
  const code = typeof problem?.code === 'string' ? problem.code : 'UNEXPECTED_ANSWER';
  return new FrontrowError(code, { status: response.status, detail: problem?.detail, retryAfterSeconds, problem });
}
