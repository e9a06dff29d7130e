import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { presentReservation, reservation, reservationExample } from './list-reservations';

export const getReservation = route({
  method: 'get',
  path: '/v1/reservations/{reservationId}',
  tag: 'Reservation',
  summary: 'One of your reservations',
  description: 'Seats that you paid for, and what became of each.',
  auth: 'user',
  params: pathId('reservationId', 'res'),
  responses: {
    200: { description: 'The reservation.', content: content(reservation, { reserved: reservationExample }) },
  },
  errors: ['RESERVATION_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, { find }: ApiContext) {
    const found = await find.reservations(params.reservationId);
    if (found?.userId !== user.id) throw new Problem('RESERVATION_NOT_FOUND');
    return { status: 200, body: presentReservation(found) };
  },
});
