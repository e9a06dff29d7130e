import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SeatStatus } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';
import type { Clock } from '../../shared/platform/clock';
import { type Cache, type CacheRead, createCache } from '../reads/cache';
import { type PresentedSeat, readSeats, readStatuses } from './read-seats';

/** A seat map as it goes over the wire. */
export interface SeatMapSnapshot {
  bytes: Buffer;
  /** Strong: equal bytes, equal tag, from whichever process. */
  etag: string;
}

const ofStatus = new WeakMap<SeatMapSnapshot, Map<SeatStatus, SeatMapSnapshot>>();

/** The map with the seats of one status alone; made once for each map. */
export function onlySeats(map: SeatMapSnapshot, status: SeatStatus): SeatMapSnapshot {
  const made = ofStatus.get(map) ?? new Map<SeatStatus, SeatMapSnapshot>();
  ofStatus.set(map, made);
  const known = made.get(status);
  if (known) return known;
  const { performanceId, seats } = JSON.parse(map.bytes.toString()) as {
    performanceId: string;
    seats: PresentedSeat[];
  };
  const only = seatMapOf(
    performanceId,
    seats.flatMap((seat) => (seat.status === status ? JSON.stringify(seat) : [])),
  );
  made.set(status, only);
  return only;
}

function seatMapOf(performanceId: string, seats: readonly string[]): SeatMapSnapshot {
  const bytes = Buffer.from(`{"performanceId":${JSON.stringify(performanceId)},"seats":[${seats.join()}]}`);
  const hash = createHash('sha256').update(bytes).digest('base64url');
  return { bytes, etag: `"${hash.slice(0, 27)}"` };
}

const maxMaps = 200;
const maxBytes = 256 * 2 ** 20;
/** Of all outlines together. */
const maxSeats = 1_000_000;

/** What never changes of a map: each seat's JSON up to its status, in order, and the index of each seat. */
interface Outline {
  beginnings: string[];
  positions: ReadonlyMap<string, number>;
}

/**
 * Seats are read far more than written: one query and one set of bytes per performance and `maxAgeMs`. Of a hall that is
 * known only the statuses are read, which takes a large one a fraction of the time.
 */
export function createSeatMapCache(
  models: Models,
  clock: Clock,
  maxAgeMs: number,
  onRead?: (how: CacheRead) => void,
): Cache<SeatMapSnapshot> {
  const outlines = new LRUCache<string, Outline>({
    maxSize: maxSeats,
    sizeCalculation: ({ beginnings }) => Math.max(1, beginnings.length),
  });

  async function readAnew(performanceId: string): Promise<string[] | null> {
    const seats = await readSeats(models, performanceId);
    if (!seats) return null;
    const beginnings = seats.map(({ status, ...fixed }) => `${JSON.stringify(fixed).slice(0, -1)},"status":"`);
    outlines.set(performanceId, { beginnings, positions: new Map(seats.map(({ id }, i) => [id, i])) });
    return seats.map(({ status }, i) => `${beginnings[i]}${status}"}`);
  }

  /** Null when the hall is not known, or not as large any more. */
  async function readKnown(performanceId: string): Promise<string[] | null> {
    const outline = outlines.get(performanceId);
    if (!outline) return null;
    const { beginnings, positions } = outline;
    const statuses = await readStatuses(models, performanceId);
    if (statuses.length !== beginnings.length || !statuses.every(({ id }) => positions.has(id))) return null;
    const seats = [...beginnings];
    for (const { id, status } of statuses) seats[positions.get(id) ?? -1] += `${status}"}`;
    return seats;
  }

  return createCache<SeatMapSnapshot>({
    clock,
    maxEntries: maxMaps,
    size: { max: maxBytes, sizeOf: ({ bytes }) => bytes.length },
    maxAgeMs,
    ...(onRead && { onRead }),
    async load(performanceId) {
      const seats = (await readKnown(performanceId)) ?? (await readAnew(performanceId));
      return seats && seatMapOf(performanceId, seats);
    },
  });
}
