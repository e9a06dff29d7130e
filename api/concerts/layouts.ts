import type { Models } from '../../shared/models';
import type { Clock } from '../../shared/platform/clock';
import { type CacheRead, createCache } from '../reads/cache';

/** The fixed part of a performance: its concert, and the section and price of each seat. */
export interface Layout {
  performanceId: string;
  concertId: string;
  seats: ReadonlyMap<string, { section: string; price: number }>;
  /** By section the prices of its seats. */
  sections: ReadonlyMap<string, readonly number[]>;
}

export interface Layouts {
  /** The layout with these seats, if there is any; null when there is no such performance. */
  get(performanceId: string, seatIds: readonly string[]): Promise<Layout | null>;
}

const maxLayouts = 200;
/** Of all layouts together, so that a few large halls can't fill the memory. */
const maxSeats = 1_000_000;

export function createLayouts(models: Models, clock: Clock, onRead?: (how: CacheRead) => void): Layouts {
  const layouts = createCache<Layout>({
    clock,
    maxEntries: maxLayouts,
    size: { max: maxSeats, sizeOf: ({ seats }) => seats.size },
    maxAgeMs: Number.POSITIVE_INFINITY,
    ...(onRead && { onRead }),
    async load(performanceId) {
      const performance = await models.performances.findById(performanceId, { concertId: 1 }).lean();
      if (!performance) return null;
      const seats = await models.seats.find({ performanceId }, { section: 1, price: 1 }).readConcern('snapshot').lean();
      const sections = new Map<string, number[]>();
      for (const { section, price } of seats) {
        const prices = sections.get(section);
        if (prices) prices.push(price);
        else sections.set(section, [price]);
      }
      return {
        performanceId,
        concertId: performance.concertId,
        seats: new Map(seats.map(({ _id, section, price }) => [_id, { section, price }])),
        sections,
      };
    },
  });
  return {
    async get(performanceId, seatIds) {
      const layout = await layouts.get(performanceId);
      const unknown = seatIds.filter((id) => layout?.seats.has(id) === false);
      // Set up since? A whole hall is not read anew for made-up ids.
      if (unknown.length === 0 || !(await models.seats.exists({ _id: { $in: unknown }, performanceId }))) return layout;
      layouts.drop(performanceId);
      return layouts.get(performanceId);
    },
  };
}
