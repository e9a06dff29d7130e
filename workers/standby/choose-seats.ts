import type { SeatDoc } from '../../shared/concerts/seat.model';

/** Those that cost no more than is wished. */
export function fitting(seats: readonly SeatDoc[], maxPrice: number | null): SeatDoc[] {
  return seats.filter(({ price }) => maxPrice === null || price <= maxPrice);
}

/** The first seats side by side, if there are so many; else the first ones. `seats`: at least `count`. */
export function choose(seats: readonly SeatDoc[], count: number): SeatDoc[] {
  const inOrder = seats.toSorted(
    (a, b) => a.row.localeCompare(b.row, 'en', { numeric: true }) || a.number - b.number || (a._id < b._id ? -1 : 1),
  );
  const runs = inOrder.map((_, i) => inOrder.slice(i, i + count));
  return runs.find((run) => run.length === count && sideBySide(run)) ?? inOrder.slice(0, count);
}

function sideBySide(seats: readonly SeatDoc[]): boolean {
  const [first] = seats;
  return seats.every(({ row, number }, i) => row === first?.row && number === first.number + i);
}
