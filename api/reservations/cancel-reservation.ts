import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import { commandRoute } from '../commands/command-route';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { example, idOf, pathId, points, seatIdsOf } from '../http/schemas';

/** More than any hold has, so that every reservation can be cancelled seat by seat. */
const maxSeatIds = 50;

/** Which seats of a reservation. */
export const someSeats = seatIdsOf(maxSeatIds)
  .optional()
  .meta({ description: 'Seats of the reservation; without it, all that are still owned' });

const body = z.strictObject({ seatIds: someSeats });

const result = z.strictObject({
  reservationId: idOf('res'),
  seatIds: z.array(idOf('seat')),
  refunded: points.meta({ description: 'Points that came back' }),
  fee: points.meta({ description: 'Points that were kept' }),
  balance: points.meta({ description: 'What is in the wallet now' }),
  settled: z.int().min(1).optional().meta({ description: 'Points of the refund that went into a debt' }),
});

export const cancelReservationRoute = commandRoute({
  kind: 'reservation.cancel',
  method: 'post',
  path: '/v1/reservations/{reservationId}/cancellation',
  tag: 'Reservation',
  summary: 'Cancel seats and get points back',
  description:
    'Whole reservations (`{}`) or some of their seats, until `refundUntil` of the performance. The points come back to your wallet, ' +
    'less its `cancellationFee` for each seat, also beyond the most that a wallet holds otherwise; a debt is settled of them. The seats are ' +
    'free at once, for anybody, and count no more for how many you may have. It is final. Nothing but ' +
    '`refundUntil` ends it: there is no check-in at the door that could.',
  params: pathId('reservationId', 'res'),
  body: content(body.meta({ id: 'Cancellation' }), { all: {}, one: { seatIds: ['perf_demo_1-A-2'] } }),
  result: content(result, {
    cancelled: {
      ...{ reservationId: example.res, seatIds: ['perf_demo_1-A-2'], refunded: 1350, fee: 150, balance: 48_350 },
    },
  }),
  refusals: ['ALREADY_CANCELLED', 'SEAT_NOT_RESERVED', 'CANCELLATION_CLOSED'],
  errors: ['RESERVATION_NOT_FOUND'],
  async prepare({ params: { reservationId }, body: { seatIds }, user }, { find }: ApiContext) {
    const found = await find.reservations(reservationId);
    if (found?.userId !== user.id) throw new Problem('RESERVATION_NOT_FOUND');
    const { performanceId, holdId, seatIds: owned, cancelled = [] } = found;
    const reservedSeatIds = [...owned, ...cancelled.map(({ seatId }) => seatId)];
    const payload = { reservationId, ...(seatIds && { seatIds }), performanceId, holdId, reservedSeatIds };
    return { payload, gate: null };
  },
});
