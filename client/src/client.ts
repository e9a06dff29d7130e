import { type AnyInput, createCall, type Input, type Operation, requestOf } from './call.ts';
import { type CommandOptions, createCommands } from './commands.ts';
import type { ServerEvent, StreamOptions } from './event-stream.ts';
import { type CallOptions, type ClientOptions, createExchange } from './exchange.ts';
import { createQueue } from './queue.ts';
import type { HoldRequest, SignIn, StandbyRequest } from './schema.ts';

type StreamOperation = Exclude<Extract<Operation, `GET ${string}/events`>, `GET /v1/admin/${string}`>;

/** Commands behind the waiting room. */
export interface GatedOptions extends CommandOptions {
  /** `token` of the concert's queue. */
  queueToken: string | null;
}

export interface CancelOptions extends CommandOptions {
  seatIds?: string[];
}

export interface ListOptions extends CallOptions {
  /** Items fetched at a time. */
  limit?: number;
}

export interface HoldListOptions extends ListOptions {
  /** Only holds of this performance. */
  performanceId?: string;
}

export type Client = ReturnType<typeof createClient>;

/**
 * One user's view of the API. What is safe to repeat is repeated, after lost answers and 429, 502, 503, 504, until the
 * deadline; everything else is thrown at once.
 */
export function createClient(options: ClientOptions) {
  const exchange = createExchange(options);
  const call = createCall(exchange);
  const { run, follow } = createCommands(exchange, options.deadlineMs);
  const gated = ({ queueToken, ...rest }: GatedOptions) => ({ ...rest, queueToken: queueToken ?? undefined });
  return {
    /** Any operation of the document by its name, admin's included; POST without a key is not repeated when its answer is lost. */
    call,
    /** The events of a stream, read once, until it ends. @throws FrontrowError when there is none, it breaks off or falls silent */
    events: <O extends StreamOperation>(operation: O, input: Input<O> & StreamOptions): AsyncGenerator<ServerEvent> =>
      exchange.stream(requestOf(operation, input as AnyInput), input),
    /** Only where the server hands out tokens for names. */
    signIn: (body: SignIn, options?: CallOptions) => call('POST /v1/sign-in', { ...options, body }),
    /** @param token of an earlier `join`, if there is one */
    queue: (concertId: string, token?: string | null) => createQueue(exchange, concertId, token),
    concerts: {
      list: ({ limit, ...options }: ListOptions = {}) =>
        pages((cursor) => call('GET /v1/concerts', { ...options, query: { limit, cursor } })),
      performances: async (concertId: string, options?: CallOptions) =>
        (await call('GET /v1/concerts/{concertId}/performances', { ...options, path: { concertId } })).items,
      draw: (concertId: string, options?: CallOptions) =>
        call('GET /v1/concerts/{concertId}/draw', { ...options, path: { concertId } }),
    },
    performances: {
      seats: async (performanceId: string, options?: CallOptions) =>
        (await call('GET /v1/performances/{performanceId}/seats', { ...options, path: { performanceId } })).seats,
    },
    holds: {
      list: ({ limit, performanceId, ...options }: HoldListOptions = {}) =>
        pages((cursor) => call('GET /v1/holds', { ...options, query: { limit, cursor, performanceId } })),
      place: (performanceId: string, seatIds: string[], options: GatedOptions) =>
        run('POST /v1/performances/{performanceId}/holds', {
          ...gated(options),
          path: { performanceId },
          body: { seatIds },
        }),
      /** The best free seats that fit, in place of chosen ones. */
      placeBest: (performanceId: string, best: NonNullable<HoldRequest['best']>, options: GatedOptions) =>
        run('POST /v1/performances/{performanceId}/holds', {
          ...gated(options),
          path: { performanceId },
          body: { best },
        }),
      get: (holdId: string, options?: CallOptions) => call('GET /v1/holds/{holdId}', { ...options, path: { holdId } }),
      release: (holdId: string, options?: CommandOptions) =>
        run('DELETE /v1/holds/{holdId}', { ...options, path: { holdId } }),
      /** Whoever holds the seats pays for them: it needs no queue token. */
      pay: (holdId: string, options?: CommandOptions) =>
        run('POST /v1/holds/{holdId}/payment', { ...options, path: { holdId } }),
    },
    standby: {
      list: ({ limit, performanceId, ...options }: HoldListOptions = {}) =>
        pages((cursor) => call('GET /v1/standby', { ...options, query: { limit, cursor, performanceId } })),
      join: (performanceId: string, body: StandbyRequest, options?: CommandOptions) =>
        run('POST /v1/performances/{performanceId}/standby', { ...options, path: { performanceId }, body }),
      /** Gives up the place in line, or what was offered. */
      leave: (standbyId: string, options?: CommandOptions) =>
        run('DELETE /v1/standby/{standbyId}', { ...options, path: { standbyId } }),
    },
    payments: {
      get: (paymentId: string, options?: CallOptions) =>
        call('GET /v1/payments/{paymentId}', { ...options, path: { paymentId } }),
    },
    reservations: {
      list: ({ limit, ...options }: ListOptions = {}) =>
        pages((cursor) => call('GET /v1/reservations', { ...options, query: { limit, cursor } })),
      get: (reservationId: string, options?: CallOptions) =>
        call('GET /v1/reservations/{reservationId}', { ...options, path: { reservationId } }),
      /** What would come back, and until when. */
      terms: (reservationId: string, options?: CallOptions) =>
        call('GET /v1/reservations/{reservationId}/cancellation', { ...options, path: { reservationId } }),
      /** Gives seats back: all that are still owned, or some. */
      cancel: (reservationId: string, { seatIds, ...options }: CancelOptions = {}) =>
        run('POST /v1/reservations/{reservationId}/cancellation', {
          ...{ ...options, path: { reservationId } },
          body: seatIds ? { seatIds } : {},
        }),
    },
    points: {
      balance: async (options?: CallOptions) => (await call('GET /v1/points', { ...options })).balance,
      history: ({ limit, ...options }: ListOptions = {}) =>
        pages((cursor) => call('GET /v1/points/history', { ...options, query: { limit, cursor } })),
      charge: (amount: number, options?: CommandOptions) =>
        run('POST /v1/points/charges', { ...options, body: { amount } }),
      use: (amount: number, options?: CommandOptions) => run('POST /v1/points/uses', { ...options, body: { amount } }),
    },
    jobs: {
      get: (jobId: string, options?: CallOptions) => call('GET /v1/jobs/{jobId}', { ...options, path: { jobId } }),
      wait: follow,
    },
  };
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** All items of a list, page after page, each fetched when it is needed. */
async function* pages<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await fetchPage(cursor);
    yield* items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}
