import { type Signal, signal } from '@preact/signals';
import { FrontrowError, type Seat, type SeatMap, watchedFetch } from '../../api/api';
import { readStream } from '../../api/event-stream';
import { askedToWait, isTransient } from '../../api/keep-trying';
import { backOff, pause } from '../../platform/pause';

type SeatStatus = Seat['status'];

/** A seat; what changes about it draws nothing but this seat. */
export interface LiveSeat extends Omit<Seat, 'status'> {
  status: Signal<SeatStatus>;
}

export interface LiveSeats {
  /** In the server's order; null until they are there. Another list when the hall itself has changed. */
  seats: Signal<readonly LiveSeat[] | null>;
  /** What no repeat would change. */
  problem: Signal<FrontrowError | null>;
  /** Whether changes come by themselves. */
  live: Signal<boolean>;
  /** Rises with every change. */
  version: Signal<number>;
  stop(): void;
}

/** ms between looks where there is no stream to be had, and tries to get one again. */
const pollMs = 2000;
const streamAgainMs = 30_000;
const usualRetryMs = 3000;

/**
 * The seats of a performance as they are: from the stream while the page is in sight, which resumes where it broke off;
 * else by asking with the last ETag.
 */
export function watchSeats(performanceId: string): LiveSeats {
  const seats = signal<readonly LiveSeat[] | null>(null);
  const problem = signal<FrontrowError | null>(null);
  const live = signal(false);
  const version = signal(0);
  const controller = new AbortController();
  const path = `/v1/performances/${encodeURIComponent(performanceId)}/seats`;
  const byId = new Map<string, LiveSeat>();
  let lastEventId: string | null = null;
  let noStreamUntil = 0;

  function takeMap(map: SeatMap): void {
    const same = map.seats.length === byId.size && map.seats.every(({ id }) => byId.has(id));
    if (same && seats.value) takeChanges(map.seats);
    else takeHall(map);
  }

  function takeHall(map: SeatMap): void {
    byId.clear();
    for (const { status, ...seat } of map.seats) byId.set(seat.id, { ...seat, status: signal(status) });
    seats.value = [...byId.values()];
    version.value += 1;
  }

  function takeChanges(changes: readonly { id: string; status: SeatStatus }[]): void {
    let changed = false;
    for (const { id, status } of changes) {
      const seat = byId.get(id);
      if (!seat || seat.status.value === status) continue;
      seat.status.value = status;
      changed = true;
    }
    if (changed) version.value += 1;
  }

  async function listen(signal: AbortSignal): Promise<void> {
    const own = new AbortController();
    const abort = () => own.abort(signal.reason);
    // A hidden page gives its connection to the others; it resumes when it is looked at.
    const hide = () => document.hidden && own.abort();
    signal.addEventListener('abort', abort);
    document.addEventListener('visibilitychange', hide);
    try {
      const retryMs = await readStream({
        path: `${path}/events`,
        lastEventId,
        signal: own.signal,
        onOpen: () => {
          live.value = true;
        },
        onEvent: ({ name, data, id }) => {
          if (name === 'seat-map') takeMap(JSON.parse(data));
          if (name === 'seats') takeChanges(JSON.parse(data).changes);
          lastEventId = id ?? lastEventId;
        },
      });
      live.value = false;
      // The server has ended it, for everybody: not all come back at once.
      await pause((retryMs ?? usualRetryMs) * (1 + Math.random() / 2), own.signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!own.signal.aborted) throw error;
    } finally {
      live.value = false;
      signal.removeEventListener('abort', abort);
      document.removeEventListener('visibilitychange', hide);
    }
  }

  /** The browser's cache sends the ETag that it has, and makes a 200 of a 304. */
  async function look(signal: AbortSignal): Promise<void> {
    const response = await watchedFetch(path, { signal, cache: 'no-cache' }).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new FrontrowError('NO_ANSWER', { cause });
    });
    const body = await response.json().catch(() => ({ code: 'UNEXPECTED_ANSWER' }));
    if (!response.ok) throw new FrontrowError(body.code, { status: response.status, detail: body.detail });
    takeMap(body);
  }

  async function follow(signal: AbortSignal): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        if (document.hidden && seats.value) {
          await pause(pollMs, signal);
          continue;
        }
        if (Date.now() >= noStreamUntil) await listen(signal);
        else await look(signal).then(() => pause(pollMs, signal));
        tries = 0;
      } catch (error) {
        signal.throwIfAborted();
        if (!isTransient(error) && !noStream(error)) throw error;
        // As many streams as there may be: ask, and try again later.
        if (noStream(error)) noStreamUntil = Date.now() + streamAgainMs;
        else await pause(Math.max(askedToWait(error), backOff(tries, 4000)), signal);
      }
    }
  }

  follow(controller.signal).catch((error: unknown) => {
    if (controller.signal.aborted) return;
    problem.value = error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR', { cause: error });
  });
  return { seats, problem, live, version, stop: () => controller.abort() };
}

function noStream(error: unknown): boolean {
  return error instanceof FrontrowError && ['TOO_MANY_STREAMS', 'NOT_FOUND'].includes(error.code);
}
