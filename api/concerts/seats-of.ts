import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { SeatingPlanDoc, Section } from '../../shared/concerts/seating-plan.model';

export function countSeats(sections: readonly Section[]): number {
  return sections.reduce((sum, { rowPrices, seatsPerRow }) => sum + rowPrices.length * seatsPerRow, 0);
}

/** Every seat of a plan, free: `<performance>-<section>-<number>`, rows `1`, `2` …. */
export function* seatsOf({ _id: performanceId, sections }: SeatingPlanDoc): Generator<SeatDoc> {
  for (const { name: section, seatsPerRow, rowPrices } of sections) {
    for (const [row, price] of rowPrices.entries()) {
      for (let place = 1; place <= seatsPerRow; place += 1) {
        const number = row * seatsPerRow + place;
        const seat = { _id: `${performanceId}-${section}-${number}`, performanceId, section, row: String(row + 1) };
        yield { ...seat, number, price, status: 'available', holdId: null };
      }
    }
  }
}
