import type { CancelledSeat, ReservationDoc } from '../../shared/reservations/reservation.model';
import { csvOf } from '../http/csv';
import { presentReservation } from '../reservations/list-reservations';
import { fileRoute } from './file-route';
import { snapshotRows } from './snapshot-rows';

const columns = [
  ...(['reservationId', 'userId', 'status', 'reservedAt', 'seats', 'cancelledSeats'] as const),
  ...(['amount', 'refunded', 'fees', 'paymentId', 'holdId'] as const),
] as const;

export const exportReservations = fileRoute({
  name: 'reservations',
  summary: 'The reservations of a date, as a file',
  description: 'A line a reservation, newest first: what was paid, what came back, and what was kept.',
  auth: ['admin', 'operator', 'box-office'],
  columns,
  parts: (context, performanceId) => {
    const find = context.models.reservations.find({ performanceId }).sort({ _id: -1 });
    return snapshotRows<ReservationDoc>(context, find, async (found, _look, header) =>
      csvOf(columns, found.map(rowOf), { header }),
    );
  },
});

function rowOf(doc: ReservationDoc) {
  const { _id: reservationId, userId, seatIds, cancelled = [], amount, paymentId, holdId, reservedAt } = doc;
  const sum = (field: 'refunded' | 'fee') => cancelled.reduce((all, seat: CancelledSeat) => all + seat[field], 0);
  return {
    ...{ reservationId, userId, status: presentReservation(doc).status, reservedAt: reservedAt.toISOString() },
    ...{ seats: seatIds.join(' '), cancelledSeats: cancelled.map(({ seatId }) => seatId).join(' ') },
    ...{ amount, refunded: sum('refunded'), fees: sum('fee'), paymentId, holdId },
  };
}
