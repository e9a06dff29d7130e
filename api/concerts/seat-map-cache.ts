import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { SeatDoc, SeatStatus } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';
import type { Clock } from '../../shared/platform/clock';
import { type Cache, createCache } from '../reads/cache';
import type { SeatChange } from './seat-change-log';

/** A seat map as it goes over the wire. */
export interface SeatMap {
  bytes: Buffer;
  /** Strong: equal bytes, equal tag, from whichever process. */
  etag: string;
}

const keptMaps = 200;
const keptBytes = 256 * 2 ** 20;
const keptPlaces = 1_000_000;

/** What never changes of a map: each seat's JSON up to its status, in order, and where each seat is. */
interface Outline {
  beginnings: string[];
  positions: ReadonlyMap<string, number>;
}

/**
 * Seats are read far more than written: one query and one set of bytes per performance and `maxAgeMs`. Of a hall that is
 * known only the statuses are read, which takes a large one a fraction of the time.
 */
export function createSeatMaps(models: Models, clock: Clock, maxAgeMs: number): Cache<SeatMap> {
  const outlines = new LRUCache<string, Outline>({
    maxSize: keptPlaces,
    sizeCalculation: ({ beginnings }) => Math.max(1, beginnings.length),
  });

  async function readAnew(performanceId: string): Promise<string[] | null> {
    const seats = await readSeats(models, performanceId);
    if (!seats) return null;
    const beginnings = seats.map(({ status, ...place }) => `${JSON.stringify(place).slice(0, -1)},"status":"`);
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

  return createCache<SeatMap>({
    clock,
    maxEntries: keptMaps,
    size: { most: keptBytes, of: ({ bytes }) => bytes.length },
    maxAgeMs,
    async load(performanceId) {
      const seats = (await readKnown(performanceId)) ?? (await readAnew(performanceId));
      if (!seats) return null;
      const bytes = Buffer.from(`{"performanceId":${JSON.stringify(performanceId)},"seats":[${seats.join()}]}`);
      const hash = createHash('sha256').update(bytes).digest('base64url');
      return { bytes, etag: `"${hash.slice(0, 27)}"` };
    },
  });
}

/** All seats of a performance as a map shows them, in order; null when there is no such performance. */
export async function readSeats(models: Models, performanceId: string): Promise<ShownSeat[] | null> {
  const [performance, seats] = await Promise.all([
    models.performances.exists({ _id: performanceId }),
    models.seats.find({ performanceId }, { holdId: 0, performanceId: 0 }).readConcern('snapshot').lean(),
  ]);
  return performance && seats.sort(byPlace).map(presentSeat);
}

/** What every seat is, and no more: to find what has changed in a known hall, for a fraction of what `readSeats` costs. */
export async function readStatuses(models: Models, performanceId: string): Promise<SeatChange[]> {
  const groups = await models.seats
    .aggregate<{ _id: SeatStatus; ids: string[] }>([
      { $match: { performanceId } },
      { $group: { _id: '$status', ids: { $push: '$_id' } } },
    ])
    .readConcern('snapshot');
  return groups.flatMap(({ _id: status, ids }) => ids.map((id) => ({ id, status })));
}

export type ShownSeat = ReturnType<typeof presentSeat>;
type ListedSeat = Omit<SeatDoc, 'holdId' | 'performanceId'>;

function presentSeat({ _id, section, row, number, price, status }: ListedSeat) {
  return { id: _id, section, row, number, price, status };
}

/** Rows run A to Z, then AA. */
function byPlace(a: ListedSeat, b: ListedSeat): number {
  return compare(a.section, b.section) || a.row.length - b.row.length || compare(a.row, b.row) || a.number - b.number;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
