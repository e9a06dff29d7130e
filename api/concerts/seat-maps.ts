import { createHash } from 'node:crypto';
import type { SeatDoc, SeatStatus } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';
import type { Clock } from '../../shared/platform/clock';
import { type Cache, createCache } from '../cache';
import type { SeatChange } from './live-seat-map';

/** A seat map as it goes over the wire. */
export interface SeatMap {
  bytes: Buffer;
  /** Strong: equal bytes, equal tag, from whichever process. */
  etag: string;
}

const keptMaps = 200;

/** Seats are read far more than written: one query and one set of bytes per performance and `maxAgeMs`. */
export function createSeatMaps(models: Models, clock: Clock, maxAgeMs: number): Cache<SeatMap> {
  return createCache<SeatMap>({
    clock,
    maxEntries: keptMaps,
    maxAgeMs,
    async load(performanceId) {
      const seats = await readSeats(models, performanceId);
      if (!seats) return null;
      const bytes = Buffer.from(JSON.stringify({ performanceId, seats }));
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
