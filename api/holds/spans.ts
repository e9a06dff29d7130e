import type { PresentedSeat } from '../concerts/read-seats';
import { inOrder } from './in-order';
import type { SeatRow } from './seat-rows';

/** Less is better, field by field in this order. */
export interface Worth {
  /** How many accessible places it takes. */
  accessible: number;
  /** That of the worst of its seats. */
  band: number;
  /** Whether it leaves a free seat between taken ones that was not alone before. */
  orphans: boolean;
  depth: number;
  /** From the middle of its row, in seats. */
  distance: number;
}

/** As many seats of a row as are looked for, side by side. */
export interface SeatSpan extends Worth {
  row: SeatRow;
  /** Index of the first one. */
  from: number;
}

export type Test = (seat: PresentedSeat) => boolean;

export const isAccessible = ({ attributes }: PresentedSeat) => attributes?.includes('accessible') ?? false;
/** Others who choose no seats are not given it. */
export const isReserved = (seat: PresentedSeat) =>
  isAccessible(seat) || (seat.attributes?.includes('companion') ?? false);

export function byWorth(a: Worth, b: Worth): number {
  return (
    a.accessible - b.accessible ||
    a.band - b.band ||
    Number(a.orphans) - Number(b.orphans) ||
    a.depth - b.depth ||
    a.distance - b.distance
  );
}

/** Those that are worth the same are of one row of their section. */
const byPlace = (a: SeatSpan, b: SeatSpan) => byWorth(a, b) || a.from - b.from;

/**
 * So many seats that fit, side by side, wherever a section has such; by their worth. It is looked for row by row, and no further
 * than it is asked for, unless ranks or accessible places go before rows.
 */
export function* spansOf(
  rows: readonly SeatRow[],
  size: number,
  fits: Test,
  free: Test,
  accessible: boolean,
): Generator<SeatSpan, undefined> {
  const isRowByRow = !accessible && !rows.some(({ ranked }) => ranked);
  for (const some of isRowByRow ? rows.map((row) => [row]) : [rows])
    yield* inOrder(
      some.flatMap((row) => spansOfRow(row, size, fits, free)),
      byPlace,
    );
}

function spansOfRow(row: SeatRow, size: number, fits: Test, free: Test): SeatSpan[] {
  const { depth, seats, bands } = row;
  const lengths = runs(row, fits);
  if (!lengths.some((run) => run >= size)) return [];
  const open = seats.map((seat) => free(seat) && !isReserved(seat));
  const middle = (seats.length - 1) / 2;
  return lengths.flatMap((run, last): SeatSpan[] => {
    if (run < size) return [];
    const from = last - size + 1;
    const accessible = seats.slice(from, last + 1).filter(isAccessible).length;
    const band = Math.max(...bands.slice(from, last + 1));
    const orphans = leavesAlone(row, open, from, from - 1) || leavesAlone(row, open, last, last + 1);
    return [{ row, from, accessible, band, orphans, depth, distance: Math.abs(from + (size - 1) / 2 - middle) }];
  });
}

/**
 * Whether the seat `beyond` the last one of a group would be alone, and would not have been: accessible places don't mind.
 * @param open which seats of the row are free, and no accessible places
 */
function leavesAlone({ beside, seats }: SeatRow, open: readonly boolean[], last: number, beyond: number): boolean {
  const takes = (at: number, next: number) => beside[Math.max(at, next)] === true && open[next] === true;
  const end = seats[last];
  return end !== undefined && !isReserved(end) && takes(last, beyond) && !takes(beyond, 2 * beyond - last);
}

/** How many that fit stand side by side up to each seat, itself included; 0: it does not fit. */
export function runs({ seats, beside }: SeatRow, fits: Test): number[] {
  let run = 0;
  return seats.map((seat, i) => {
    run = fits(seat) ? (beside[i] ? run + 1 : 1) : 0;
    return run;
  });
}
