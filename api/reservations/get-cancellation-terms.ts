import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import { feeOf, mayCancel, refundEnd } from '../../shared/reservations/cancellation-terms';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, idOf, pathId, points, time } from '../http/schemas';

const terms = z
  .strictObject({
    reservationId: idOf('res'),
    refundUntil: time.meta({ description: 'Seats can be cancelled before this moment' }),
    open: z.boolean().meta({ description: 'Whether they can now' }),
    seats: z.array(z.strictObject({ id: idOf('seat'), price: points, fee: points, refund: points })).meta({
      description: 'Seats that are still yours, and what would come back for each: of complimentary ones nothing',
    }),
  })
  .meta({ id: 'CancellationTerms' });

export const getCancellationTerms = route({
  method: 'get',
  path: '/v1/reservations/{reservationId}/cancellation',
  tag: 'Reservation',
  summary: 'What would come back, and until when',
  description: 'The terms of the performance for your seats, as they are now.',
  auth: 'user',
  params: pathId('reservationId', 'res'),
  responses: {
    200: {
      description: 'The terms.',
      content: content(terms, {
        terms: {
          ...{ reservationId: example.res, refundUntil: '2026-12-17T19:00:00.000Z', open: true },
          seats: [{ id: example.seat, price: 1500, fee: 150, refund: 1350 }],
        },
      }),
    },
  },
  errors: ['RESERVATION_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { reservationId }, user }, { find, models, clock }: ApiContext) {
    const found = await find.reservations(reservationId);
    if (found?.userId !== user.id) throw new Problem('RESERVATION_NOT_FOUND');
    const [performance, seats] = await Promise.all([
      models.performances.findById(found.performanceId).lean(),
      models.seats.find({ _id: { $in: found.seatIds } }, { price: 1 }).lean(),
    ]);
    if (!performance) throw new Problem('RESERVATION_NOT_FOUND');
    const prices = new Map(seats.map(({ _id, price }) => [_id, price]));
    const seatTerms = found.seatIds.map((id) => {
      const price = found.complimentary ? 0 : (prices.get(id) ?? 0);
      const fee = feeOf(price, performance);
      return { id, price, fee, refund: price - fee };
    });
    const open = mayCancel(performance, new Date(clock.now()));
    const refundUntil = refundEnd(performance).toISOString();
    return { status: 200, body: { reservationId, refundUntil, open, seats: seatTerms } };
  },
});
