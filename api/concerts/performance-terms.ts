import { z } from 'zod';
import type { CancellationFee, PerformanceDoc } from '../../shared/concerts/performance.model';
import { refundEnd } from '../../shared/reservations/cancellation-terms';
import { time } from '../http/schemas';

const maxFee = 1_000_000_000;

/** What is kept of each seat that its buyer cancels. */
export const cancellationFee = z
  .union([
    z.strictObject({ points: z.int().min(0).max(maxFee) }),
    z.strictObject({ percent: z.number().min(0).max(100) }),
  ])
  .nullable()
  .meta({
    description:
      'Kept of each seat that its buyer cancels: whole points, at most its price; or per cent of its price, rounded down to whole ' +
      'points, seat by seat. Null: nothing',
    example: { percent: 10 },
  });

export const refundUntil = time
  .nullable()
  .meta({ description: 'Until when buyers may cancel; never after the start. Null: until the start' });

/** What everybody may know of a date that its seats don't say. */
export const performanceState = {
  cancelledAt: time
    .nullable()
    .meta({ description: 'When it was called off: nothing of it can be held or paid any more' }),
  movedFrom: time.nullable().meta({ description: 'When it was to start, if it was moved' }),
  movedAt: time.nullable(),
  refundUntil: time.meta({ description: 'Until when buyers may cancel' }),
  cancellationFee,
};

export const stateExample = {
  ...{
    cancelledAt: null,
    movedFrom: null,
    movedAt: null,
    refundUntil: '2026-11-13T19:00:00.000Z',
    cancellationFee: { percent: 10 },
  },
};

export function presentState(performance: PerformanceDoc) {
  const { moved, cancelledAt, cancellationFee: fee } = performance;
  return {
    cancelledAt: cancelledAt?.toISOString() ?? null,
    movedFrom: moved?.from.toISOString() ?? null,
    movedAt: moved?.at.toISOString() ?? null,
    refundUntil: refundEnd(performance).toISOString(),
    cancellationFee: (fee ?? null) as CancellationFee | null,
  };
}
