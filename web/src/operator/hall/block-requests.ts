/** What of a seat says where it is. */
interface Place {
  id: string;
  section: string;
  row: string;
}

/** What one request to block seats names. */
export type Selection = { rows: { section: string; row: string }[] } | { seatIds: string[] };

/** Of one request. A body has at most 16 kB. */
const maxRows = 400;
const maxSeatIds = 400;
const maxCharacters = 12_000;

/** The marked seats in as few requests as can be: whole rows by their names, the others one by one. */
export function selectionsOf(seats: readonly Place[], marked: ReadonlySet<string>): Selection[] {
  const rows = new Map<string, Place[]>();
  for (const seat of seats) {
    const key = `${seat.section}\n${seat.row}`;
    const row = rows.get(key);
    if (row) row.push(seat);
    else rows.set(key, [seat]);
  }
  const whole: { section: string; row: string }[] = [];
  const single: string[] = [];
  for (const row of rows.values()) {
    const [first] = row;
    const own = row.filter(({ id }) => marked.has(id));
    if (first && own.length === row.length) whole.push({ section: first.section, row: first.row });
    else single.push(...own.map(({ id }) => id));
  }
  const byRows = chunks(whole, maxRows, ({ section, row }) => section.length + row.length + 24);
  const bySeats = chunks(single, maxSeatIds, (id) => id.length + 3);
  return [...byRows.map((some) => ({ rows: some })), ...bySeats.map((seatIds) => ({ seatIds }))];
}

function chunks<T>(items: readonly T[], most: number, lengthOf: (item: T) => number): T[][] {
  const made: T[][] = [];
  let characters = 0;
  for (const item of items) {
    const last = made.at(-1);
    characters += lengthOf(item);
    if (last && last.length < most && characters <= maxCharacters) last.push(item);
    else {
      made.push([item]);
      characters = lengthOf(item);
    }
  }
  return made;
}
