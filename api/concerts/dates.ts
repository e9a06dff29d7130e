import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { Models } from '../../shared/models';
import type { Clock } from '../../shared/platform/clock';
import { type Cache, type CacheRead, createCache } from '../reads/cache';

/** A date of a concert with its free seats. */
export interface OpenDate extends PerformanceDoc {
  seatsAvailable: number;
}

const maxConcerts = 200;

/** The dates of a concert in order, counted once per concert and `maxAgeMs`; null when it has none. */
export function createDates(
  models: Models,
  clock: Clock,
  maxAgeMs: number,
  onRead?: (how: CacheRead) => void,
): Cache<OpenDate[]> {
  return createCache<OpenDate[]>({
    clock,
    maxEntries: maxConcerts,
    maxAgeMs,
    ...(onRead && { onRead }),
    async load(concertId) {
      const performances = await models.performances
        .find({ concertId })
        .sort({ startsAt: 1, _id: 1 })
        .lean<PerformanceDoc[]>();
      if (performances.length === 0) return null;
      const free = await countFree(
        models,
        performances.filter(({ cancelledAt }) => !cancelledAt).map(({ _id }) => _id),
      );
      return performances.map((performance) => ({ ...performance, seatsAvailable: free.get(performance._id) ?? 0 }));
    },
  });
}

async function countFree(models: Models, performanceIds: string[]): Promise<Map<string, number>> {
  const counts = await models.seats
    .aggregate<{ _id: string; free: number }>([
      { $match: { performanceId: { $in: performanceIds }, status: 'available' } },
      { $group: { _id: '$performanceId', free: { $sum: 1 } } },
    ])
    .readConcern('snapshot');
  return new Map(counts.map(({ _id, free }) => [_id, free]));
}
