import { type Operation, requestOf } from './call.ts';
import { FrontrowError, hasCode } from './errors.ts';
import { readEvents } from './events.ts';
import type { CallOptions, Exchange } from './exchange.ts';
import { pause } from './pause.ts';
import type { QueueToken, QueueTokenState } from './schema.ts';

export interface WaitOptions extends CallOptions {
  /** Reads the server's event stream, where there is one to be had, in place of polling. */
  live?: boolean;
}

/** A user's place in the line of one concert. */
export interface Queue {
  /** To be given with holds and payments; null before joining. */
  readonly token: string | null;
  /** Takes a place, or finds the one that this user has. */
  join(options?: CallOptions): Promise<QueueToken>;
  /** Where the place stands. Every look keeps it, and extends a visit; the next one is due after `pollAfterSeconds`. */
  look(options?: CallOptions): Promise<QueueTokenState>;
  leave(options?: CallOptions): Promise<QueueTokenState>;
  /**
   * Joins, and tells every state until it is `active`. Bridges outages of up to `deadlineMs`, five minutes by default, and
   * comes back when the server has forgotten the place.
   * @throws FrontrowError QUEUE_TOKEN_EXPIRED with `problem.reason` when the place is gone for good; WAITING_ROOM_CLOSED
   */
  wait(options?: WaitOptions): AsyncGenerator<QueueTokenState>;
}

const outageMs = 300_000;
const usualPollSeconds = 5;

export function createQueue({ send, open }: Exchange, concertId: string, known: string | null = null): Queue {
  let token = known;
  const request = (operation: Operation, options: CallOptions = {}) =>
    requestOf(operation, { ...options, path: { concertId }, queueToken: token ?? undefined });

  async function join(options?: CallOptions): Promise<QueueToken> {
    const { body } = await send<QueueToken>(request('POST /v1/concerts/{concertId}/queue-token', options));
    token = body.token;
    return body;
  }

  async function look(options?: CallOptions): Promise<QueueTokenState> {
    const { body } = await send<QueueTokenState>(request('GET /v1/concerts/{concertId}/queue-token', options));
    return body;
  }

  async function* stream({ signal }: CallOptions): AsyncGenerator<QueueTokenState> {
    const controller = new AbortController();
    const abort = () => controller.abort(signal?.reason);
    signal?.addEventListener('abort', abort);
    try {
      const asked = request('GET /v1/concerts/{concertId}/queue-token/events');
      yield* readEvents<QueueTokenState>(await open(asked, controller.signal), controller);
    } catch {
      // The next look says what is the matter.
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async function* states({ live = false, ...options }: WaitOptions): AsyncGenerator<QueueTokenState> {
    let state: QueueTokenState = await join(options);
    for (;;) {
      yield state;
      if (live)
        for await (const news of stream(options)) {
          state = news;
          yield state;
        }
      await pause((state.pollAfterSeconds ?? usualPollSeconds) * 1000, options.signal);
      state = await look(options).catch((error: unknown) => {
        if (hasCode(error, 'QUEUE_TOKEN_NOT_FOUND')) return join(options);
        throw error;
      });
    }
  }

  return {
    get token() {
      return token;
    },
    join,
    look,
    async leave(options) {
      return (await send<QueueTokenState>(request('DELETE /v1/concerts/{concertId}/queue-token', options))).body;
    },
    async *wait(options) {
      for await (const state of states({ deadlineMs: outageMs, ...options })) {
        yield state;
        if (state.status === 'active') return;
        if (state.status !== 'waiting')
          throw new FrontrowError('QUEUE_TOKEN_EXPIRED', { detail: `The place in line is ${state.status}` });
      }
    },
  };
}
