import { eventFrame } from '../streams/event-stream';
import type { PresentedSeat, SeatChange } from './read-seats';

/**
 * What one process has published of one performance, and how to bring a subscriber from any earlier event to the last one.
 * Every event has an id, `<epoch>.<number>`; of an epoch that is not this one's (another process, another hall) nothing is
 * known, and the subscriber gets the whole map.
 */
interface SeatChangeLog {
  /** Takes all seats as they are now: another hall than before starts a new epoch. @returns the event to publish, if anything is new */
  reset(seats: readonly PresentedSeat[]): Buffer | null;
  /** Whether these are all seats of the hall that it knows, so that `apply` does what `reset` would. */
  isHall(seats: readonly { id: string }[]): boolean;
  /** Takes some seats as they are now. @returns the event to publish, if anything is new */
  apply(read: Iterable<SeatChange>): Buffer | null;
  /** The events for a subscriber that has received everything up to `lastEventId`. */
  since(lastEventId: string | undefined): Buffer[];
}

interface LogEntry {
  number: number;
  ids: string[];
}

/** Entries are kept until they list more seats than this part of the hall, at least `minSeats`: then a map is shorter. */
const maxPart = 0.5;
const minSeats = 500;
/** A map is made anew once it would have to be followed by more changes than this part of the hall. */
const stalePart = 0.1;

/** @param newEpoch answers another one each time */
export function createSeatChangeLog(performanceId: string, newEpoch: () => string): SeatChangeLog {
  let epoch = '';
  let number = 0;
  let seats = new Map<string, PresentedSeat>();
  let entries: LogEntry[] = [];
  /** Seats in all entries together. */
  let listed = 0;
  let whole: { number: number; frame: Buffer } | null = null;

  const eventId = (version: number) => `${epoch}.${version}`;

  function start(all: readonly PresentedSeat[]): void {
    epoch = newEpoch();
    number = 0;
    seats = new Map(all.map((seat) => [seat.id, seat]));
    entries = [];
    listed = 0;
    whole = null;
  }

  function isHall(all: readonly { id: string }[]): boolean {
    return epoch !== '' && all.length === seats.size && all.every(({ id }) => seats.has(id));
  }

  function changesAfter(version: number): string[] {
    return [...new Set(entries.flatMap((entry) => (entry.number > version ? entry.ids : [])))];
  }

  function changesFrame(version: number, ids: readonly string[]): Buffer {
    const changes = ids.flatMap((id): SeatChange[] => {
      const seat = seats.get(id);
      return seat ? [{ id, status: seat.status }] : [];
    });
    return eventFrame('seats', { changes }, eventId(version));
  }

  /** The map as it was a moment ago, for many who come at once, and what is new since. */
  function map(): Buffer[] {
    const later = whole && knows(whole.number) ? changesAfter(whole.number) : null;
    if (whole && later && later.length <= seats.size * stalePart)
      return later.length > 0 ? [whole.frame, changesFrame(number, later)] : [whole.frame];
    const frame = eventFrame('seat-map', { performanceId, seats: [...seats.values()] }, eventId(number));
    whole = { number, frame };
    return [frame];
  }

  /** Whether every entry after this version is kept. */
  function knows(version: number): boolean {
    return version <= number && version >= number - entries.length;
  }

  function apply(read: Iterable<SeatChange>): Buffer | null {
    const ids: string[] = [];
    for (const { id, status } of read) {
      const seat = seats.get(id);
      if (!seat || seat.status === status) continue;
      seats.set(id, { ...seat, status });
      ids.push(id);
    }
    if (ids.length === 0) return null;
    number += 1;
    entries.push({ number, ids });
    listed += ids.length;
    const max = Math.max(minSeats, seats.size * maxPart);
    while (listed > max && entries.length > 0) listed -= entries.shift()?.ids.length ?? 0;
    return changesFrame(number, ids);
  }

  return {
    isHall,
    apply,
    reset(all) {
      if (isHall(all)) return apply(all);
      start(all);
      return map()[0] ?? null;
    },
    since(lastEventId) {
      const [itsEpoch, itsNumber = ''] = lastEventId?.split('.') ?? [];
      const last = itsEpoch === epoch && /^\d{1,15}$/.test(itsNumber) ? Number(itsNumber) : -1;
      if (!knows(last)) return map();
      const ids = changesAfter(last);
      return ids.length > 0 ? [changesFrame(number, ids)] : [];
    },
  };
}
