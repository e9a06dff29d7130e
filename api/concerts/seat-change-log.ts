import type { SeatStatus } from '../../shared/concerts/seat.model';
import { eventFrame } from '../streams/event-stream';
import type { ShownSeat } from './seat-map-cache';

/**
 * What one process has told of one performance, and how to bring a page from any earlier telling to the last one. Every
 * telling has an id, `<epoch>.<number>`; of an epoch that is not this one's (another process, another hall) nothing is
 * known, and the page gets the whole map.
 */
interface LiveSeatMap {
  /** Whole: another hall than before starts a new epoch. @returns what to tell everybody, if anything is new */
  takeAll(seats: readonly ShownSeat[]): Buffer | null;
  /** Whether these are all seats of the hall that it knows, so that `take` does what `takeAll` would. */
  isHall(seats: readonly { id: string }[]): boolean;
  /** Some seats as they are now. @returns what to tell everybody, if anything is new */
  take(read: Iterable<SeatChange>): Buffer | null;
  /** What a page must be told that has heard everything up to `lastEventId`. */
  since(lastEventId: string | undefined): Buffer[];
}

export interface SeatChange {
  id: string;
  status: SeatStatus;
}

interface Telling {
  number: number;
  ids: string[];
}

/** Tellings are kept until they name more seats than this part of the hall, at least `leastKept`: then a map is shorter. */
const keptPart = 0.5;
const leastKept = 500;
/** A map is made anew once it would have to be followed by more changes than this part of the hall. */
const stalePart = 0.1;

/** @param newEpoch answers another one each time */
export function createLiveSeatMap(performanceId: string, newEpoch: () => string): LiveSeatMap {
  let epoch = '';
  let number = 0;
  let seats = new Map<string, ShownSeat>();
  let tellings: Telling[] = [];
  let named = 0;
  let whole: { number: number; frame: Buffer } | null = null;

  const idOf = (of: number) => `${epoch}.${of}`;

  function start(all: readonly ShownSeat[]): void {
    epoch = newEpoch();
    number = 0;
    seats = new Map(all.map((seat) => [seat.id, seat]));
    tellings = [];
    named = 0;
    whole = null;
  }

  function isHall(all: readonly { id: string }[]): boolean {
    return epoch !== '' && all.length === seats.size && all.every(({ id }) => seats.has(id));
  }

  function changesAfter(of: number): string[] {
    return [...new Set(tellings.flatMap((telling) => (telling.number > of ? telling.ids : [])))];
  }

  function seatsFrame(of: number, ids: readonly string[]): Buffer {
    const changes = ids.flatMap((id): SeatChange[] => {
      const seat = seats.get(id);
      return seat ? [{ id, status: seat.status }] : [];
    });
    return eventFrame('seats', { changes }, idOf(of));
  }

  /** The map as it was told a moment ago, for many who come at once, and what is new since. */
  function map(): Buffer[] {
    const later = whole && knows(whole.number) ? changesAfter(whole.number) : null;
    if (whole && later && later.length <= seats.size * stalePart)
      return later.length > 0 ? [whole.frame, seatsFrame(number, later)] : [whole.frame];
    const frame = eventFrame('seat-map', { performanceId, seats: [...seats.values()] }, idOf(number));
    whole = { number, frame };
    return [frame];
  }

  /** Whether every telling after this one is kept. */
  function knows(of: number): boolean {
    return of <= number && of >= number - tellings.length;
  }

  function take(read: Iterable<SeatChange>): Buffer | null {
    const ids: string[] = [];
    for (const { id, status } of read) {
      const seat = seats.get(id);
      if (!seat || seat.status === status) continue;
      seats.set(id, { ...seat, status });
      ids.push(id);
    }
    if (ids.length === 0) return null;
    number += 1;
    tellings.push({ number, ids });
    named += ids.length;
    const most = Math.max(leastKept, seats.size * keptPart);
    while (named > most && tellings.length > 0) named -= tellings.shift()?.ids.length ?? 0;
    return seatsFrame(number, ids);
  }

  return {
    isHall,
    take,
    takeAll(all) {
      if (isHall(all)) return take(all);
      start(all);
      return map()[0] ?? null;
    },
    since(lastEventId) {
      const [of, heard] = lastEventId?.split('.') ?? [];
      const last = of === epoch && /^\d{1,15}$/.test(heard ?? '') ? Number(heard) : -1;
      if (!knows(last)) return map();
      const ids = changesAfter(last);
      return ids.length > 0 ? [seatsFrame(number, ids)] : [];
    },
  };
}
