import { z } from 'zod';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, points, time } from '../http/schemas';

export const reservation = z
  .strictObject({
    id: idOf('res'),
    performanceId: idOf('perf'),
    seatIds: z.array(idOf('seat')),
    amount: points,
    paymentId: idOf('pay'),
    reservedAt: time,
  })
  .meta({ id: 'Reservation' });

export const reservationExample = {
  id: example.res,
  performanceId: example.perf,
  seatIds: [example.seat, 'perf_demo_1-A-2'],
  amount: 3000,
  paymentId: example.pay,
  reservedAt: '2026-11-20T19:02:10.000Z',
};

export const listReservations = route({
  method: 'get',
  path: '/v1/reservations',
  tag: 'Reservation',
  summary: 'Your reservations, newest first',
  description: 'Seats that you paid for, over all concerts.',
  auth: 'user',
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of reservations.',
      content: content(pageOf(reservation).meta({ id: 'Reservations' }), {
        reservations: { items: [reservationExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query }, { models }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.reservations
      .find({ userId: user.id, ...(after && { _id: { $lt: after[0] } }) })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean<ReservationDoc[]>();
    return { status: 200, body: toPage(found, query.limit, presentReservation, ({ _id }) => [_id]) };
  },
});

export function presentReservation({ _id, performanceId, seatIds, amount, paymentId, reservedAt }: ReservationDoc) {
  return { id: _id, performanceId, seatIds, amount, paymentId, reservedAt: reservedAt.toISOString() };
}
