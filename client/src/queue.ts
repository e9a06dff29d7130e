import { type Operation, requestOf } from './call.ts';
import { FrontrowError, hasCode } from './errors.ts';
import type { CallOptions, Exchange } from './exchange.ts';
import { pause } from './pause.ts';
import type { QueueToken, QueueTokenState } from './schema.ts';

export interface WaitOptions extends CallOptions {
  /** Reads the server's event stream, where there is one to be had, in place of polling. */
  live?: boolean;
}

/** A user's place in the queue of one concert's waiting room. */
export interface Queue {
  /** To be given with holds and payments; null before joining. */
  readonly token: string | null;
  /** Takes a place, or finds the one that this user has. */
  join(options?: CallOptions): Promise<QueueToken>;
  /** Where the place stands. Every poll keeps it, and extends a session; the next one is due after `pollAfterSeconds`. */
  poll(options?: CallOptions): Promise<QueueTokenState>;
  leave(options?: CallOptions): Promise<QueueTokenState>;
  /**
   * Joins, and yields every state until it is `active`. Bridges outages of up to `deadlineMs`, five minutes by default;
   * waits as long as the server says that the place is safe; and joins again when the server has forgotten the place.
   * @throws FrontrowError QUEUE_TOKEN_EXPIRED with `problem.reason` when the place is gone for good; WAITING_ROOM_CLOSED
   */
  wait(options?: WaitOptions): AsyncGenerator<QueueTokenState>;
}

const outageMs = 300_000;
const defaultPollSeconds = 5;
/** Where a proxy answers no stream, or holds it back, it is polled so long before the next attempt. */
const streamAgainMs = 60_000;

export function createQueue({ send, stream }: Exchange, concertId: string, known: string | null = null): Queue {
  let token = known;
  const request = (operation: Operation, options: CallOptions = {}) =>
    requestOf(operation, { ...options, path: { concertId }, queueToken: token ?? undefined });

  async function join(options?: CallOptions): Promise<QueueToken> {
    const { body } = await send<QueueToken>(request('POST /v1/concerts/{concertId}/queue-token', options));
    token = body.token;
    return body;
  }

  async function poll(options?: CallOptions): Promise<QueueTokenState> {
    try {
      return (await send<QueueTokenState>(request('GET /v1/concerts/{concertId}/queue-token', options))).body;
    } catch (error) {
      // Another device of the user polls in time: the state comes all the same.
      if (hasCode(error, 'QUEUE_POLL_TOO_EARLY') && error.problem?.state) return error.problem.state as never;
      throw error;
    }
  }

  /** Polls until there is a state. Too early or too often means that the place is safe, however long that takes. */
  async function pollPatiently(options: CallOptions): Promise<QueueTokenState> {
    for (;;) {
      try {
        return await poll(options);
      } catch (error) {
        if (hasCode(error, 'QUEUE_TOKEN_NOT_FOUND')) return join(options);
        if (!hasCode(error, 'QUEUE_POLL_TOO_EARLY', 'RATE_LIMITED')) throw error;
        await pause((error.retryAfterSeconds || defaultPollSeconds) * 1000, options.signal);
      }
    }
  }

  async function* events({ signal }: CallOptions): AsyncGenerator<QueueTokenState> {
    try {
      const asked = request('GET /v1/concerts/{concertId}/queue-token/events');
      for await (const { data } of stream(asked, { signal })) yield JSON.parse(data) as QueueTokenState;
    } catch {
      // The next poll says what is the matter.
    }
  }

  async function* states({ live = false, ...options }: WaitOptions): AsyncGenerator<QueueTokenState> {
    let state: QueueTokenState = await join(options);
    let noStreamUntil = live ? 0 : Number.POSITIVE_INFINITY;
    for (;;) {
      yield state;
      if (performance.now() >= noStreamUntil) {
        noStreamUntil = performance.now() + streamAgainMs;
        for await (const news of events(options)) {
          noStreamUntil = 0;
          state = news;
          yield state;
        }
      }
      await pause((state.pollAfterSeconds ?? defaultPollSeconds) * 1000, options.signal);
      state = await pollPatiently(options);
    }
  }

  return {
    get token() {
      return token;
    },
    join,
    poll,
    async leave(options) {
      return (await send<QueueTokenState>(request('DELETE /v1/concerts/{concertId}/queue-token', options))).body;
    },
    async *wait(options) {
      for await (const state of states({ deadlineMs: outageMs, ...options })) {
        yield state;
        if (state.status === 'active') return;
        if (state.status !== 'waiting')
          throw new FrontrowError('QUEUE_TOKEN_EXPIRED', { detail: `The place in the queue is ${state.status}` });
      }
    },
  };
}
