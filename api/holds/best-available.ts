import type { PresentedSeat } from '../concerts/read-seats';

/** What somebody wants who does not choose seats. */
export interface Wish {
  seats: number;
  /** Only these; undefined: any. */
  sections?: readonly string[] | undefined;
  /** Points for each seat. */
  maxPrice?: number | undefined;
  /** Side by side in one row. */
  together: boolean;
}

/** Seats that would do: groups without a seat in common, the best one first, all of one section. */
export interface Proposal {
  section: string;
  groups: string[][];
}

/** What there is when nothing does. */
export interface Nothing {
  /** Most seats side by side. */
  together: number;
  available: number;
}

/** Seats side by side: one row of one section, by number. */
export interface SeatRow {
  section: string;
  /** 0: the first row of its section. Rows of the same band are as good as each other. */
  band: number;
  seats: readonly PresentedSeat[];
}

/** Most groups of a proposal, and most seats in all of them: so much a command carries, and its batch reads. */
const maxGroups = 12;
const maxSeats = 60;

/** @param seats in the order of the seat map: by section, row and number */
export function rowsOf(seats: readonly PresentedSeat[]): SeatRow[] {
  const rows: { section: string; band: number; row: string; seats: PresentedSeat[] }[] = [];
  for (const seat of seats) {
    const last = rows.at(-1);
    const sameSection = last?.section === seat.section;
    if (last && sameSection && last.row === seat.row) last.seats.push(seat);
    else
      rows.push({ section: seat.section, band: last && sameSection ? last.band + 1 : 0, row: seat.row, seats: [seat] });
  }
  return rows;
}

interface Group {
  section: string;
  ids: string[];
  /** Whether it leaves a free seat between taken ones that was not alone before. */
  orphans: boolean;
  band: number;
  /** From the middle of its row, in seats. */
  distance: number;
}

/**
 * The best seats that fit a wish: nearer rows first; in a row first what leaves no seat alone, then what is nearest to the
 * middle; else in the order of the seat map. Seats that are not together are the nearest single ones of a section.
 * @param isFree besides being available on the map
 */
export function bestAvailable(
  rows: readonly SeatRow[],
  wish: Wish,
  isFree: (seatId: string) => boolean = () => true,
): Proposal | Nothing {
  const { sections, maxPrice = Number.POSITIVE_INFINITY } = wish;
  const wanted = sections ? rows.filter(({ section }) => sections.includes(section)) : rows;
  const free = (seat: PresentedSeat | undefined) => seat?.status === 'available' && isFree(seat.id);
  const fits = (seat: PresentedSeat) => free(seat) && seat.price <= maxPrice;
  const groups = wish.together ? together(wanted, wish.seats, fits, free) : apart(wanted, wish.seats, fits);
  const [best] = groups;
  if (!best) return whatThereIs(wanted, fits);
  return { section: best.section, groups: disjoint(groups.filter(({ section }) => section === best.section)) };
}

type Test = (seat: PresentedSeat) => boolean;

function together(
  rows: readonly SeatRow[],
  size: number,
  fits: Test,
  free: (seat?: PresentedSeat) => boolean,
): Group[] {
  const groups = rows.flatMap(({ section, band, seats }) => {
    const middle = (seats.length - 1) / 2;
    return windows(seats, size, fits).map((from): Group => {
      const ids = seats.slice(from, from + size).map(({ id }) => id);
      const alone = (at: number, beyond: number) => {
        const seat = besides(seats, at, beyond);
        return free(seat) && !free(besides(seats, beyond, 2 * beyond - at));
      };
      const orphans = alone(from, from - 1) || alone(from + size - 1, from + size);
      return { section, ids, orphans, band, distance: Math.abs(from + (size - 1) / 2 - middle) };
    });
  });
  return groups.sort((a, b) => a.band - b.band || Number(a.orphans) - Number(b.orphans) || a.distance - b.distance);
}

/** The seat at `to`, if it is next to the one at `from`: numbers that leave one out are an aisle. */
function besides(seats: readonly PresentedSeat[], from: number, to: number): PresentedSeat | undefined {
  const [a, b] = [seats[from], seats[to]];
  return a && b && Math.abs(a.number - b.number) === 1 ? b : undefined;
}

/** Where so many that fit begin, side by side. */
function windows(seats: readonly PresentedSeat[], size: number, fits: Test): number[] {
  return runs(seats, fits).flatMap((run, i) => (run >= size ? i - size + 1 : []));
}

/** How many that fit stand side by side up to each seat, itself included; 0: it does not fit. */
function runs(seats: readonly PresentedSeat[], fits: Test): number[] {
  let run = 0;
  return seats.map((seat, i) => {
    const goesOn = besides(seats, i - 1, i) !== undefined;
    run = fits(seat) ? (goesOn ? run + 1 : 1) : 0;
    return run;
  });
}

/** Single seats by band and distance, each group as many as are wanted; the section whose first group is nearest. */
function apart(rows: readonly SeatRow[], size: number, fits: Test): Group[] {
  const bySection = new Map<string, Group[]>();
  for (const single of together(rows, 1, fits, () => false)) {
    const singles = bySection.get(single.section);
    if (singles) singles.push(single);
    else bySection.set(single.section, [single]);
  }
  const groups = [...bySection.values()].flatMap((singles) =>
    Array.from({ length: Math.floor(singles.length / size) }, (_, i) =>
      joined(singles.slice(i * size, (i + 1) * size)),
    ),
  );
  return groups.sort((a, b) => a.band - b.band || a.distance - b.distance);
}

const joined = (singles: Group[]): Group => ({
  section: singles[0]?.section ?? '',
  ids: singles.flatMap(({ ids }) => ids),
  orphans: false,
  band: singles.reduce((sum, { band }) => sum + band, 0),
  distance: singles.reduce((sum, { distance }) => sum + distance, 0),
});

/** The first ones, then ever sparser ones: whoever is late for the best must not be late for all. */
function disjoint(groups: readonly Group[]): string[][] {
  const used = new Set<string>();
  const apartFromEachOther = groups.filter(({ ids }) => {
    if (ids.some((id) => used.has(id))) return false;
    for (const id of ids) used.add(id);
    return true;
  });
  const most = Math.max(1, Math.min(maxGroups, Math.floor(maxSeats / (groups[0]?.ids.length ?? 1))));
  const picked: string[][] = [];
  for (let i = 0; i < apartFromEachOther.length && picked.length < most; i += picked.length > 4 ? picked.length - 3 : 1)
    picked.push(apartFromEachOther[i]?.ids ?? []);
  return picked;
}

function whatThereIs(rows: readonly SeatRow[], fits: Test): Nothing {
  const available = rows.reduce((sum, { seats }) => sum + seats.filter(fits).length, 0);
  return { together: Math.max(0, ...rows.map(({ seats }) => Math.max(...runs(seats, fits)))), available };
}
