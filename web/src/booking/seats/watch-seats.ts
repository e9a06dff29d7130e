import { type Signal, signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { api, FrontrowError, hasCode, type Seat, type SeatMap, type Standby, type StandbyChange } from '../../api/api';
import { keepTrying } from '../../api/keep-trying';
import { pause } from '../../platform/pause';
import { whileSameSession, whileVisible } from '../../platform/work-while';

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
  /** The user's newest place on standby as the stream shows it, null without one; undefined while it does not. */
  standby: Signal<Standby | null | undefined>;
  stop(): void;
}

/** ms between polls where there is no stream to be had, and attempts to get one again. */
const pollMs = 2000;
const streamAgainMs = 30_000;
const defaultRetryMs = 3000;
/** Longest pause while the server is unreachable, ms: seats are what a user is waiting for. */
const maxPauseMs = 4000;

/** The seats of a performance, followed while the page is there. */
export function useSeats(performanceId: string): LiveSeats | null {
  const [seats, setSeats] = useState<LiveSeats | null>(null);
  useEffect(() => {
    if (!performanceId) return setSeats(null);
    const watched = watchSeats(performanceId);
    setSeats(watched);
    return watched.stop;
  }, [performanceId]);
  return seats;
}

/**
 * The seats of a performance as they are: from the stream while the page is visible, which resumes where it broke off;
 * else by polling, for which the browser's cache sends the last ETag.
 */
function watchSeats(performanceId: string): LiveSeats {
  const seats = signal<readonly LiveSeat[] | null>(null);
  const problem = signal<FrontrowError | null>(null);
  const live = signal(false);
  const version = signal(0);
  const standby = signal<Standby | null | undefined>(undefined);
  const controller = new AbortController();
  const byId = new Map<string, LiveSeat>();
  let lastEventId: string | null = null;
  let noStreamUntil = 0;

  function receiveMap(map: SeatMap): void {
    const same = map.seats.length === byId.size && map.seats.every(({ id }) => byId.has(id));
    if (same && seats.value) applyChanges(map.seats);
    else replaceAll(map);
  }

  function replaceAll(map: SeatMap): void {
    byId.clear();
    for (const { status, ...seat } of map.seats) byId.set(seat.id, { ...seat, status: signal(status) });
    seats.value = [...byId.values()];
    version.value += 1;
  }

  function applyChanges(changes: readonly { id: string; status: SeatStatus }[]): void {
    let changed = false;
    for (const { id, status } of changes) {
      const seat = byId.get(id);
      if (!seat || seat.status.value === status) continue;
      seat.status.value = status;
      changed = true;
    }
    if (changed) version.value += 1;
  }

  async function readStream(signal: AbortSignal): Promise<void> {
    let retryMs = defaultRetryMs;
    const asked = { path: { performanceId }, lastEventId };
    const onOpen = () => {
      live.value = true;
    };
    const onRetry = (ms: number) => {
      retryMs = ms;
    };
    try {
      const options = { ...asked, signal, onOpen, onRetry };
      for await (const { event, data, id } of api.events(
        'GET /v1/performances/{performanceId}/seats/events',
        options,
      )) {
        if (event === 'seat-map') receiveMap(JSON.parse(data));
        if (event === 'seats') applyChanges(JSON.parse(data).changes);
        if (event === 'standby') standby.value = (JSON.parse(data) as StandbyChange).place;
        lastEventId = id ?? lastEventId;
      }
    } finally {
      live.value = false;
      standby.value = undefined;
    }
    // The server has ended it, for everybody: not all come back at once.
    await pause(retryMs * (1 + Math.random() / 2), signal);
  }

  async function poll(signal: AbortSignal): Promise<void> {
    receiveMap(await api.call('GET /v1/performances/{performanceId}/seats', { path: { performanceId }, signal }));
    await pause(pollMs, signal);
  }

  async function followOnce(signal: AbortSignal): Promise<void> {
    if (document.hidden && seats.value) return pause(pollMs, signal);
    if (Date.now() < noStreamUntil) return poll(signal);
    try {
      await whileVisible(signal, (visible) => whileSameSession(visible, readStream));
    } catch (error) {
      // As many streams as there may be, or a proxy that holds them back: poll, and try again later.
      if (!hasCode(error, 'TOO_MANY_STREAMS', 'NOT_FOUND', 'STREAM_SILENT')) throw error;
      noStreamUntil = Date.now() + streamAgainMs;
    }
  }

  async function follow(signal: AbortSignal): Promise<void> {
    for (;;) await keepTrying(() => followOnce(signal), { signal, maxMs: maxPauseMs });
  }

  follow(controller.signal).catch((error: unknown) => {
    if (controller.signal.aborted) return;
    problem.value = error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR', { cause: error });
  });
  return { seats, problem, live, version, standby, stop: () => controller.abort() };
}
