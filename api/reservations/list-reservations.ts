import { z } from 'zod';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import { content } from '../http/content';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { presentReservation, reservationExample, reservationSchema } from './reservation';

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
      content: content(pageOf(reservationSchema).meta({ id: 'Reservations' }), {
        reservations: { items: [reservationExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ user, query }, { models }) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.reservations
      .find({ userId: user.id, ...(after && { _id: { $lt: after[0] } }) })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean<ReservationDoc[]>();
    return { status: 200, body: toPage(found, query.limit, presentReservation, ({ _id }) => [_id]) };
  },
});
