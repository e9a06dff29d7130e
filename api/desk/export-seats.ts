import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { csvOf } from '../http/csv';
import { fileRoute } from './file-route';
import { snapshotRows } from './snapshot-rows';

const columns = ['seatId', 'section', 'row', 'number', 'price', 'status', 'holdId', 'userId', 'reservationId'] as const;

export const exportSeats = fileRoute({
  name: 'seats',
  summary: 'The seats of a date, as a file',
  description: 'A line a seat, with whoever holds or owns it.',
  auth: ['admin', 'operator', 'box-office'],
  columns,
  parts: (context, performanceId) => {
    const { models } = context;
    return snapshotRows<SeatDoc>(context, models.seats.find({ performanceId }), async (seats, look, header) => {
      const ids = [...new Set(seats.flatMap(({ holdId }) => holdId ?? []))];
      const found = await look<HoldDoc>(models.holds.find({ _id: { $in: ids } }));
      const holds = new Map(found.map((hold) => [hold._id, hold]));
      const rows = seats.map(({ _id: seatId, section, row, number, price, status, holdId }) => {
        const { userId = null, reservationId = null } = holds.get(holdId ?? '') ?? {};
        return { seatId, section, row, number, price, status, holdId, userId, reservationId };
      });
      return csvOf(columns, rows, { header });
    });
  },
});
