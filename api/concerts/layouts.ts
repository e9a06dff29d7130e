import type { Models } from '../../shared/models';
import type { Clock } from '../../shared/platform/clock';
import { createCache } from '../cache';

/** What never changes about a performance: its concert, its start, and where its seats are. */
export interface Layout {
  performanceId: string;
  concertId: string;
  /** ms */
  startsAt: number;
  seats: ReadonlyMap<string, { section: string; price: number }>;
  loadedAt: number;
}

export interface Layouts {
  /** The layout that knows these seats, if there is any; null when there is no such performance. */
  get(performanceId: string, seatIds: readonly string[]): Promise<Layout | null>;
}

/** A seat that is not there may have been set up since: look again, but a flood of wrong ids costs one query a second. */
const lookAgainMs = 1000;
const keptLayouts = 200;

export function createLayouts(models: Models, clock: Clock): Layouts {
  const layouts = createCache<Layout>({
    clock,
    maxEntries: keptLayouts,
    maxAgeMs: Number.POSITIVE_INFINITY,
    async load(performanceId) {
      const loadedAt = clock.now();
      const performance = await models.performances.findById(performanceId, { concertId: 1, startsAt: 1 }).lean();
      if (!performance) return null;
      const seats = await models.seats.find({ performanceId }, { section: 1, price: 1 }).readConcern('snapshot').lean();
      return {
        performanceId,
        concertId: performance.concertId,
        startsAt: performance.startsAt.getTime(),
        seats: new Map(seats.map(({ _id, section, price }) => [_id, { section, price }])),
        loadedAt,
      };
    },
  });
  return {
    async get(performanceId, seatIds) {
      const layout = await layouts.get(performanceId);
      if (!layout || seatIds.every((id) => layout.seats.has(id))) return layout;
      if (Math.abs(clock.now() - layout.loadedAt) < lookAgainMs) return layout;
      layouts.drop(performanceId);
      return layouts.get(performanceId);
    },
  };
}
