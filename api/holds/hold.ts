import { z } from 'zod';
import { type HoldDoc, holdStatuses } from '../../shared/holds/hold.model';
import { example, idOf, points, time } from '../http/schemas';

export const hold = z
  .strictObject({
    id: idOf('hold'),
    performanceId: idOf('perf'),
    seatIds: z.array(idOf('seat')),
    amount: points,
    status: z.enum(holdStatuses),
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
  expiresAt: '2026-11-20T19:05:00.000Z',
  reservationId: null,
};

export function presentHold({ _id, performanceId, seatIds, amount, status, expiresAt, reservationId }: HoldDoc) {
  return { id: _id, performanceId, seatIds, amount, status, expiresAt: expiresAt.toISOString(), reservationId };
}
