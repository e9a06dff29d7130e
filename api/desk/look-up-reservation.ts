import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { foundReservation, foundReservationExample, presentFoundReservation } from './found';
import { recordLook } from './look';

export const lookUpReservation = route({
  method: 'get',
  path: '/v1/admin/reservations/{reservationId}',
  tag: 'Admin',
  summary: "Anybody's reservation",
  description: 'By the id that is on the ticket. The look is among the admin actions.',
  auth: ['admin', 'operator', 'box-office', 'door'],
  params: pathId('reservationId', 'res'),
  responses: {
    200: {
      description: 'The reservation.',
      content: content(foundReservation, { reserved: foundReservationExample }),
    },
  },
  errors: ['RESERVATION_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, context: ApiContext) {
    await recordLook(context, user, 'reservations.look', params.reservationId);
    const found = await context.find.reservations(params.reservationId);
    if (!found) throw new Problem('RESERVATION_NOT_FOUND');
    return { status: 200, body: presentFoundReservation(found) };
  },
});
