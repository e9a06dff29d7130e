import { z } from 'zod';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import { performanceState, presentState, stateExample } from '../concerts/performance-terms';
import { example, idOf, time } from '../http/schemas';

/** A date as operators see it. */
export const adminPerformance = z
  .strictObject({
    ...{ id: idOf('perf'), concertId: idOf('concert'), startsAt: time, ...performanceState },
    seatsTotal: z.int().min(1),
  })
  .meta({ id: 'AdminPerformance' });

export const performanceExample = {
  ...{ id: example.perf, concertId: example.concert, startsAt: '2026-12-24T19:00:00.000Z', ...stateExample },
  seatsTotal: 50,
};

export function presentAdminPerformance(performance: PerformanceDoc) {
  const { _id: id, concertId, startsAt, seatsTotal } = performance;
  return { id, concertId, startsAt: startsAt.toISOString(), ...presentState(performance), seatsTotal };
}
