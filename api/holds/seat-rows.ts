import type { PresentedSeat } from '../concerts/read-seats';

/** Seats side by side: one row of one section, by number. */
export interface SeatRow {
  section: string;
  /** 0: the first row of its section. */
  depth: number;
  seats: readonly PresentedSeat[];
  /** Of each seat, whether nothing is between it and the seat before it. */
  beside: readonly boolean[];
  /** Whether the hall has ranks. */
  ranked: boolean;
  /** How good each seat is, lower is better: its rank, in a hall that has ranks; else the depth of its row. */
  bands: readonly number[];
}

/** Behind all seats that have a rank. */
const unranked = 1001;
/** Times the usual distance of neighbours: beyond that there is an aisle. */
const wide = 1.6;

/** @param seats in the order of the seat map: by section, row and number */
export function rowsOf(seats: readonly PresentedSeat[]): SeatRow[] {
  const hasRanks = seats.some(({ rank }) => rank !== undefined);
  return split(seats, 'section').flatMap((section) => {
    const rows = split(section, 'row');
    const usual = usualStep(rows);
    return rows.map((row, depth) => ({
      ...{ section: row[0]?.section ?? '', depth, seats: row, ranked: hasRanks },
      beside: row.map((seat, i) => isBeside(row[i - 1], seat, usual)),
      bands: row.map(({ rank = unranked }) => (hasRanks ? rank : depth)),
    }));
  });
}

function split(seats: readonly PresentedSeat[], field: 'section' | 'row'): PresentedSeat[][] {
  const parts: PresentedSeat[][] = [];
  for (const seat of seats) {
    const last = parts.at(-1);
    if (last?.[0]?.[field] === seat[field]) last.push(seat);
    else parts.push([seat]);
  }
  return parts;
}

/**
 * Numbers that leave one out are an aisle. So is, in a hall with coordinates, a gap; in others, what is between two seats that
 * are both said to be at an aisle.
 */
function isBeside(before: PresentedSeat | undefined, seat: PresentedSeat, usual: number | null): boolean {
  if (!before || !isNext(before, seat)) return false;
  const step = stepOf(before, seat);
  if (step !== null && usual !== null) return step <= wide * usual;
  return !(isAtAisle(before) && isAtAisle(seat));
}

const isNext = (a: PresentedSeat, b: PresentedSeat) => Math.abs(a.number - b.number) === 1;
const isAtAisle = ({ attributes }: PresentedSeat) => attributes?.includes('aisle') ?? false;

function stepOf(a: PresentedSeat, b: PresentedSeat): number | null {
  if (a.x === undefined || a.y === undefined || b.x === undefined || b.y === undefined) return null;
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Of the neighbours in all rows of a section, the median; null without coordinates. */
function usualStep(rows: readonly PresentedSeat[][]): number | null {
  const steps = rows.flatMap((row) =>
    row.flatMap((seat, i) => {
      const before = row[i - 1];
      return before && isNext(before, seat) ? (stepOf(before, seat) ?? []) : [];
    }),
  );
  return steps.sort((a, b) => a - b)[Math.floor((steps.length - 1) / 2)] ?? null;
}
