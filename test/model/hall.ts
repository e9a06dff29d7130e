import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { SeatDoc } from '../../shared/concerts/seat.model';

/** Where the sequences play: two dates with eight seats, one of them free, three users. Small, so that everybody is in everybody's way. */
export const users = ['user_ann', 'user_bob', 'user_eve'];
export const concertId = 'concert_model';
export const sections = [
  { performanceId: 'perf_one', section: 'A', prices: [100, 150, 200] },
  { performanceId: 'perf_one', section: 'B', prices: [120, 120, 0] },
  { performanceId: 'perf_two', section: 'A', prices: [90, 300] },
].map(({ performanceId, section, prices }) => ({
  performanceId,
  section,
  seatIds: prices.map((_, i) => `${performanceId}-${section}-${i + 1}`),
  prices,
}));

export const seats: SeatDoc[] = sections.flatMap(({ performanceId, section, seatIds, prices }) =>
  seatIds.map((_id, i) => ({
    ...{ _id, performanceId, section, row: '1', number: i + 1, price: prices[i] ?? 0 },
    ...{ status: 'available', holdId: null },
  })),
);

/** The dates when a sequence begins: one that per cents are kept of, one that more is kept of than the cheap seat costs. */
export function performancesAt(now: number): PerformanceDoc[] {
  const startsAt = new Date(now + 3_600_000);
  return [
    { _id: 'perf_one', concertId, startsAt, seatsTotal: 6, refundUntil: null, cancellationFee: { percent: 15 } },
    {
      ...{ _id: 'perf_two', concertId, startsAt, seatsTotal: 2, cancellationFee: { points: 100 } },
      // Over in many sequences.
      refundUntil: new Date(now + 4 * holdMs),
    },
  ];
}

export const holdMs = 5000;
export const offerMs = 3000;
/** Of six seats at the first date; a hold has up to three. */
export const maxSeats = 4;
/** Few charges reach it. */
export const maxBalance = 1500;
