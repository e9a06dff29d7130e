/** Where a seat is in the hall. Units are cells: one seat and the space around it. */
export interface SeatPosition<S> {
  seat: S;
  x: number;
  y: number;
}

export interface Row<S> {
  name: string;
  /** False: there is no room for the name. */
  isNamed?: boolean;
  seats: SeatPosition<S>[];
}

export interface Section<S> {
  name: string;
  /** Of its title; null: there is no room for it. */
  x: number;
  y: number | null;
  rows: Row<S>[];
}

export interface Hall<S> {
  width: number;
  height: number;
  /** Of the stage's upper edge; 0 where it is left out. */
  stageY?: number;
  sections: Section<S>[];
}

export interface Located {
  section: string;
  row: string;
  number: number;
  /** What the seat says, where that is not its number. */
  label?: string;
  x?: number;
  y?: number;
}

/** Cells: above everything for the stage, between sections, for a section's title, beside rows for their names. */
const stage = 1.5;
const aisle = 1;
const title = 1;
const margin = 1;
/** How much higher the outermost seats are than the middle ones, at most, in cells. */
const deepestArc = 1.1;

/**
 * A hall without a seating plan, drawn from sections, rows and numbers alone. Sections stand side by side, at most three of
 * them; each has its first row next to the stage; rows are bent around the stage.
 */
export function layOut<S extends Located>(seats: readonly S[]): Hall<S> {
  const sections = [...groups(seats, ({ section }) => section)].map(([name, own]) => measure(name, own));
  const columns = sections.length === 4 ? 2 : Math.min(3, sections.length);
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(0, ...sections.filter((_, i) => i % columns === c).map(({ width }) => width)),
  );
  const width = sum(widths) + (columns - 1) * aisle + 2 * margin;
  const depth = Math.min(deepestArc, width / 14);
  const lift = (x: number) => depth * (1 - ((x - width / 2) / (width / 2)) ** 2);
  let top = stage;
  const placed: Section<S>[] = [];
  for (let first = 0; first < sections.length; first += columns) {
    const line = sections.slice(first, first + columns);
    for (const [c, section] of line.entries()) {
      const left = margin + sum(widths.slice(0, c)) + c * aisle + ((widths[c] ?? 0) - section.width) / 2;
      placed.push(place(section, left, top, lift));
    }
    top += Math.max(...line.map(({ rows }) => rows.length)) + title + aisle;
  }
  return { width, height: top - aisle + depth + 0.5, sections: placed };
}

interface MeasuredRow<S> {
  name: string;
  seats: S[];
  /** The number that would stand at the row's left end, and that at its right end. */
  first: number;
  last: number;
}

interface Measured<S> {
  name: string;
  width: number;
  rows: MeasuredRow<S>[];
}

/** Numbers begin anew in each row, and then equal ones stand behind each other; or they run on through the section. */
function measure<S extends Located>(name: string, seats: readonly S[]): Measured<S> {
  const rows = [...groups(seats, ({ row }) => row)].map(([row, own]): MeasuredRow<S> => {
    const numbers = own.map(({ number }) => number);
    return { name: row, seats: own, first: Math.min(...numbers), last: Math.max(...numbers) };
  });
  const runOn = rows.every(({ first }, i) => i === 0 || first > (rows[i - 1]?.last ?? 0));
  const leftmost = Math.min(...rows.map(({ first }) => first));
  if (!runOn) for (const row of rows) row.first = leftmost;
  return { name, rows, width: Math.max(...rows.map(({ first, last }) => last - first + 1)) };
}

function place<S extends Located>(
  { name, width, rows }: Measured<S>,
  left: number,
  top: number,
  lift: (x: number) => number,
): Section<S> {
  const placed = rows.map(({ name: row, seats: own, first, last }, depth) => {
    // Shorter rows stand in the middle.
    const indent = (width - (last - first + 1)) / 2;
    const seats = own.map((seat) => {
      const x = left + indent + (seat.number - first) + 0.5;
      return { seat, x, y: top + title + depth + 0.5 + lift(x) };
    });
    return { name: row, seats };
  });
  const x = left + width / 2;
  return { name, x, y: top + title / 2 + lift(x), rows: placed };
}

function groups<S>(items: readonly S[], nameOf: (item: S) => string): Map<string, S[]> {
  const found = new Map<string, S[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = found.get(name);
    if (group) group.push(item);
    else found.set(name, [item]);
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** Where the arrow keys lead from a seat: the nearest one in that direction, straight ahead rather than aside. */
export function neighbour<S>(
  all: readonly SeatPosition<S>[],
  from: SeatPosition<S>,
  dx: number,
  dy: number,
): SeatPosition<S> | null {
  let best: SeatPosition<S> | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const other of all) {
    const ahead = (other.x - from.x) * dx + (other.y - from.y) * dy;
    const aside = Math.abs((other.x - from.x) * dy) + Math.abs((other.y - from.y) * dx);
    if (ahead < 0.3 || aside > ahead * 3) continue;
    const cost = ahead + 2 * aside;
    if (cost < bestCost) [best, bestCost] = [other, cost];
  }
  return best;
}
