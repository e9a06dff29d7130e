import { z } from 'zod';
import type { Context } from '../../shared/context';
import { type HoldDoc, holdStatuses } from '../../shared/holds/hold.model';
import { idAt } from '../../shared/platform/ids';
import { example, idOf, points, time } from '../http/schemas';

export const hold = z
  .strictObject({
    id: idOf('hold'),
    performanceId: idOf('perf'),
    seatIds: z.array(idOf('seat')),
    amount: points,
    status: z.enum(holdStatuses),
    placedAt: time.meta({ description: 'When its time began' }),
    expiresAt: time,
    reservationId: idOf('res').nullable(),
  })
  .meta({ id: 'Hold' });

export const holdExample = {
  id: example.hold,
  performanceId: example.perf,
  seatIds: [example.seat],
  amount: 1500,
  status: 'held' as const,
  placedAt: '2026-11-20T19:00:00.000Z',
  expiresAt: '2026-11-20T19:05:00.000Z',
  reservationId: null,
};

export function presentHold(doc: HoldDoc) {
  const { _id: id, performanceId, seatIds, amount, status, reservationId } = doc;
  const [placedAt, expiresAt] = [doc.placedAt.toISOString(), doc.expiresAt.toISOString()];
  return { id, performanceId, seatIds, amount, status, placedAt, expiresAt, reservationId };
}

/** Holds are made that much before or after the time in their ids: commands may wait for a while. */
const slackMs = 600_000;

/** The id of the oldest hold that is live, or was a moment ago, at the earliest: all before it need not be looked at. */
export function oldestLive({ clock, config }: Pick<Context, 'clock' | 'config'>): string {
  return idAt('hold', clock.now() - config.HOLD_SECONDS * 1000 - slackMs);
}
