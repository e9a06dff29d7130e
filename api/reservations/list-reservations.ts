import { z } from 'zod';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, idOf, points, time } from '../http/schemas';

const reservedSeat = z
  .strictObject({
    id: idOf('seat'),
    status: z.enum(['reserved', 'cancelled']),
    cancelledAt: time.nullable(),
    refunded: points.nullable().meta({ description: 'Points that came back for it' }),
    fee: points.nullable().meta({ description: 'Points of its price that were kept' }),
  })
  .meta({ id: 'ReservedSeat' });

export const reservation = z
  .strictObject({
    id: idOf('res'),
    performanceId: idOf('perf'),
    status: z.enum(['reserved', 'partly-cancelled', 'cancelled']),
    seatIds: z.array(idOf('seat')).meta({ description: 'Those that are still yours' }),
    seats: z.array(reservedSeat).meta({ description: 'All that were paid for, and what became of each' }),
    amount: points.meta({ description: 'What was paid for all of them' }),
    paymentId: idOf('pay').nullable().meta({ description: 'Null for complimentary seats' }),
    complimentary: z.boolean().meta({ description: 'Given to you: nobody paid, and nothing comes back for it' }),
    reservedAt: time,
  })
  .meta({ id: 'Reservation' });

export const reservationExample = {
  id: example.res,
  performanceId: example.perf,
  status: 'partly-cancelled' as const,
  seatIds: [example.seat],
  seats: [
    { id: example.seat, status: 'reserved' as const, cancelledAt: null, refunded: null, fee: null },
    {
      ...{ id: 'perf_demo_1-A-2', status: 'cancelled' as const },
      ...{ cancelledAt: '2026-11-21T09:00:00.000Z', refunded: 1350, fee: 150 },
    },
  ],
  amount: 3000,
  paymentId: example.pay,
  complimentary: false,
  reservedAt: '2026-11-20T19:02:10.000Z',
};

export const listReservations = route({
  method: 'get',
  path: '/v1/reservations',
  tag: 'Reservation',
  summary: 'Your reservations, newest first',
  description: 'Seats that you paid for or were given, over all concerts, also those that were cancelled since.',
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

export function presentReservation(doc: ReservationDoc) {
  const { _id: id, performanceId, seatIds, cancelled = [], amount, paymentId, reservedAt, complimentary } = doc;
  const owned = seatIds.map((seatId) => ({
    ...{ id: seatId, status: 'reserved' as const, cancelledAt: null, refunded: null, fee: null },
  }));
  const gone = cancelled.map(({ seatId, at, refunded, fee }) => ({
    ...{ id: seatId, status: 'cancelled' as const, cancelledAt: at.toISOString(), refunded, fee },
  }));
  const status = gone.length === 0 ? 'reserved' : owned.length > 0 ? 'partly-cancelled' : 'cancelled';
  return {
    ...{ id, performanceId, status: status as z.output<typeof reservation>['status'], seatIds },
    ...{ seats: [...owned, ...gone], amount, paymentId, reservedAt: reservedAt.toISOString() },
    complimentary: complimentary !== undefined,
  };
}
