import { Problem } from '../../shared/platform/errors';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import { content } from '../content';
import { route } from '../route';
import { pathId } from '../schemas';
import { presentReservation, reservationExample, reservationSchema } from './reservation';

export const getReservation = route({
  method: 'get',
  path: '/v1/reservations/{reservationId}',
  tag: 'Reservation',
  summary: 'One of your reservations',
  description: 'Seats that you paid for.',
  auth: 'user',
  params: pathId('reservationId', 'res'),
  responses: {
    200: { description: 'The reservation.', content: content(reservationSchema, { reserved: reservationExample }) },
  },
  errors: ['RESERVATION_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, { models }) {
    const mine = { _id: params.reservationId, userId: user.id };
    const reservation = await models.reservations.findOne(mine).lean<ReservationDoc>();
    if (!reservation) throw new Problem('RESERVATION_NOT_FOUND');
    return { status: 200, body: presentReservation(reservation) };
  },
});
