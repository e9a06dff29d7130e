import { Agent, get as httpGet, type IncomingMessage } from 'node:http';
import { eventParser } from '../../client/src/event-stream';

interface HeardEvent {
  event: string;
  id: string | null;
  data: unknown;
}

/** An open stream of Server-Sent Events, and everything that was received. */
export interface Heard {
  response: IncomingMessage;
  events: HeardEvent[];
  comments: number;
  /** ms, as the server last said. */
  retry: number | null;
  /** What to send as `Last-Event-ID` when coming back. */
  lastEventId(): string | undefined;
  /** `data` of the events of one name. */
  received<T>(event: string): T[];
  close(): void;
}

export interface ListenOptions {
  token?: string;
  lastEventId?: string;
  headers?: Record<string, string>;
}

/** Opens a stream on a connection of its own. Reads nothing while `response` is paused. @throws unless it is answered 200 */
export async function listen(url: string, { token, lastEventId, headers }: ListenOptions = {}): Promise<Heard> {
  const agent = new Agent({ maxSockets: 1 });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const all = {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
      ...headers,
    };
    httpGet(url, { agent, headers: all }, resolve).once('error', reject);
  });
  const type = response.headers['content-type'] ?? '';
  if (response.statusCode !== 200 || !type.startsWith('text/event-stream')) {
    response.destroy();
    throw new Error(`no stream: ${response.statusCode} ${type}`);
  }
  const heard = collector(response);
  // A stream that is cut off is what some tests wait for.
  response.on('error', () => undefined);
  return heard;
}

function collector(response: IncomingMessage): Heard {
  const events: HeardEvent[] = [];
  const heard: Heard = {
    response,
    events,
    comments: 0,
    retry: null,
    lastEventId: () => events.findLast(({ id }) => id !== null)?.id ?? undefined,
    received: <T>(event: string) => events.filter((one) => one.event === event).map(({ data }) => data as T),
    close: () => response.destroy(),
  };
  const parser = eventParser({
    onEvent: ({ event, id, data }) => events.push({ event, id, data: JSON.parse(data) }),
    onRetry: (ms) => {
      heard.retry = ms;
    },
    onComment: () => {
      heard.comments += 1;
    },
  });
  response.setEncoding('utf8').on('data', (chunk: string) => parser.feed(chunk));
  return heard;
}
