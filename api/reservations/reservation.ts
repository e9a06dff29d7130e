import { z } from 'zod';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import { example, idOf, points, time } from '../http/schemas';

export const reservationSchema = z
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

export function presentReservation({ _id, performanceId, seatIds, amount, paymentId, reservedAt }: ReservationDoc) {
  return { id: _id, performanceId, seatIds, amount, paymentId, reservedAt: reservedAt.toISOString() };
}
