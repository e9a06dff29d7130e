import type { Hall, Located, Row, SeatPosition, Section } from './layout';

/** Cells: above everything for the stage, and around the hall for names. */
const stage = 1.7;
const margin = 1.2;
/** Cells between the nearest neighbours: a box takes three quarters of its cell. */
const nearest = 0.95;

/** A hall as its seating plan draws it; null when not every seat has a place. */
export function layOutPlan<S extends Located>(seats: readonly S[]): Hall<S> | null {
  if (seats.length === 0 || seats.some(({ x, y }) => x === undefined || y === undefined)) return null;
  const [left, right] = rangeOf(seats.map(({ x = 0 }) => x));
  const [front, back] = rangeOf(seats.map(({ y = 0 }) => y));
  const unit = nearest / usualGap(seats);
  const width = Math.max((right - left) * unit + 2 * margin, 6);
  const indent = (width - (right - left) * unit) / 2;
  const placed = seats.map((seat): SeatPosition<S> => {
    const [x = 0, y = 0] = [seat.x, seat.y];
    return { seat, x: indent + (x - left) * unit, y: stage + margin + (y - front) * unit };
  });
  const sections = parts(placed, ({ seat }) => seat.section).map((own) => nameSection(own, placed));
  // Where rows bend around it, the stage stands among their ends and not above them.
  const nearStage = placed.filter(({ x }) => Math.abs(x - width / 2) < Math.min(width / 2, 6.5)).map(({ y }) => y);
  const stageY = Math.max(0, (nearStage.length > 0 ? rangeOf(nearStage)[0] : 0) - stage - margin);
  return { width, height: stage + 2 * margin + (back - front) * unit, stageY, sections };
}

/** Not by `Math.min(...)`: a hall may have more seats than a call may have arguments. */
function rangeOf(values: readonly number[]): [least: number, most: number] {
  return values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function parts<T>(items: readonly T[], nameOf: (item: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const part = found.get(nameOf(item));
    if (part) part.push(item);
    else found.set(nameOf(item), [item]);
  }
  return [...found.values()];
}

/** From seats to their nearest neighbours: what one in twenty falls short of, so that hardly any two boxes touch. */
function usualGap(seats: readonly Located[]): number {
  const gaps = seats.length < 2 ? [] : nearestGaps(seats);
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 20)] ?? 1;
}

/** Seats that are measured to find the usual gap. */
const maxSample = 2000;

/** Each seat is compared with those of the squares around it, not with all. */
function nearestGaps(seats: readonly Located[]): number[] {
  const [left, right] = rangeOf(seats.map(({ x = 0 }) => x));
  const [front, back] = rangeOf(seats.map(({ y = 0 }) => y));
  const side =
    Math.max(
      Math.sqrt(((right - left) * (back - front)) / seats.length),
      (right - left + back - front) / seats.length,
    ) * 2;
  const squareOf = (x: number, y: number) => Math.floor((x - left) / side) * 100_000 + Math.floor((y - front) / side);
  const squares = new Map<number, Located[]>();
  for (const seat of seats) {
    const square = squareOf(seat.x ?? 0, seat.y ?? 0);
    const others = squares.get(square);
    if (others) others.push(seat);
    else squares.set(square, [seat]);
  }
  const every = Math.ceil(seats.length / maxSample);
  return seats.flatMap((seat, i) => {
    if (i % every > 0) return [];
    const [x, y] = [seat.x ?? 0, seat.y ?? 0];
    let least = Number.POSITIVE_INFINITY;
    for (const dx of [-side, 0, side])
      for (const dy of [-side, 0, side])
        for (const other of squares.get(squareOf(x + dx, y + dy)) ?? [])
          if (other !== seat) least = Math.min(least, Math.hypot((other.x ?? 0) - x, (other.y ?? 0) - y));
    return Number.isFinite(least) ? [least] : [];
  });
}

/** Half of the width of a section's name, in cells. */
const nameHalf = 1.6;

/** The name of a section stands above its middle, or below it, where no seat is; else the map does not show it. */
function nameSection<S extends Located>(own: SeatPosition<S>[], all: readonly SeatPosition<S>[]): Section<S> {
  const [left, right] = rangeOf(own.map(({ x }) => x));
  const x = (left + right) / 2;
  const inMiddle = own.filter((seat) => Math.abs(seat.x - x) < nameHalf);
  const [first, last] = rangeOf((inMiddle.length > 0 ? inMiddle : own).map(({ y }) => y));
  const name = own[0]?.seat.section ?? '';
  const y = [first - 0.9, last + 0.9].find((at) => isFree(all, x, at, nameHalf, 0.7));
  return {
    ...{ name, x, y: y ?? null },
    rows: parts(own, ({ seat }) => seat.row).map((seats) => nameRow(seats, all)),
  };
}

function nameRow<S extends Located>(seats: SeatPosition<S>[], all: readonly SeatPosition<S>[]): Row<S> {
  const [first] = seats;
  const isNamed = first !== undefined && isFree(all, first.x - 0.85, first.y, 0.5, 0.5);
  return { name: first?.seat.row ?? '', seats, isNamed };
}

/** Whether no seat's middle is in the box around the point. */
function isFree(all: readonly SeatPosition<Located>[], x: number, y: number, dx: number, dy: number): boolean {
  return !all.some((seat) => Math.abs(seat.x - x) < dx && Math.abs(seat.y - y) < dy);
}
