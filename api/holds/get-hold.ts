import { z } from 'zod';
import { type HoldDoc, holdStatuses } from '../../shared/holds/hold.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, pathId, points, time } from '../http/schemas';

const hold = z
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

export const getHold = route({
  method: 'get',
  path: '/v1/holds/{holdId}',
  tag: 'Temporary Reservation',
  summary: 'One of your holds',
  description: 'Its seats, until when they are yours, and what became of it.',
  auth: 'user',
  params: pathId('holdId', 'hold'),
  responses: {
    200: {
      description: 'The hold.',
      content: content(hold, {
        held: {
          id: example.hold,
          performanceId: example.perf,
          seatIds: [example.seat],
          amount: 1500,
          status: 'held',
          expiresAt: '2026-11-20T19:05:00.000Z',
          reservationId: null,
        },
      }),
    },
  },
  errors: ['HOLD_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, { find }: ApiContext) {
    const found = await find.holds(params.holdId);
    // Another user's hold is not found either.
    if (found?.userId !== user.id) throw new Problem('HOLD_NOT_FOUND');
    return { status: 200, body: presentHold(found) };
  },
});

function presentHold({ _id, performanceId, seatIds, amount, status, expiresAt, reservationId }: HoldDoc) {
  return { id: _id, performanceId, seatIds, amount, status, expiresAt: expiresAt.toISOString(), reservationId };
}
