import { Problem } from '../../shared/platform/errors';
import { content } from '../http/content';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
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
  async handler({ params, user }, { find }) {
    const reservation = await find.reservations(params.reservationId);
    if (reservation?.userId !== user.id) throw new Problem('RESERVATION_NOT_FOUND');
    return { status: 200, body: presentReservation(reservation) };
  },
});
