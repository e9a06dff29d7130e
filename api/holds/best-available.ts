import type { PresentedSeat } from '../concerts/read-seats';
import type { SeatRow } from './seat-rows';

/** What somebody wants who does not choose seats. */
export interface Wish {
  seats: number;
  /** Only these; undefined: any. */
  sections?: readonly string[] | undefined;
  /** Points for each seat. */
  maxPrice?: number | undefined;
  /** Side by side in one row. */
  together: boolean;
  /** At least one of them an accessible place; without it none is, nor one of a companion. */
  accessible?: boolean | undefined;
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

/** Most groups of a proposal, and most seats in all of them: so much a command carries, and its batch reads. */
const maxGroups = 12;
const maxSeats = 60;

interface Group {
  section: string;
  ids: string[];
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

const isAccessible = ({ attributes }: PresentedSeat) => attributes?.includes('accessible') ?? false;
/** Others who choose no seats are not given it. */
const isReserved = (seat: PresentedSeat) => isAccessible(seat) || (seat.attributes?.includes('companion') ?? false);

/**
 * The best seats that fit a wish. In a hall with ranks the lowest ranks first, else the nearest rows; among those first what
 * leaves no seat alone, then nearer rows, then what is nearest to the middle; else in the order of the seat map. Accessible
 * places and those of companions go to who asks for one, and no more of them than are needed. Seats that are not together are
 * the best single ones of a section.
 * @param isFree besides being available on the map
 */
export function bestAvailable(
  rows: readonly SeatRow[],
  wish: Wish,
  isFree: (seatId: string) => boolean = () => true,
): Proposal | Nothing {
  const { sections, maxPrice = Number.POSITIVE_INFINITY, accessible = false } = wish;
  const wanted = sections ? rows.filter(({ section }) => sections.includes(section)) : rows;
  const free = (seat: PresentedSeat) => seat.status === 'available' && isFree(seat.id);
  const fits = (seat: PresentedSeat) => free(seat) && seat.price <= maxPrice && (accessible || !isReserved(seat));
  const needed = accessible ? isAccessible : undefined;
  const groups = wish.together
    ? together(wanted, wish.seats, fits, free, needed)
    : apart(wanted, wish.seats, fits, needed);
  const [best] = groups;
  if (!best) return whatThereIs(wanted, fits, needed);
  return { section: best.section, groups: disjoint(groups.filter(({ section }) => section === best.section)) };
}

type Test = (seat: PresentedSeat) => boolean;

/** @param needed what at least one of the seats must be */
function together(rows: readonly SeatRow[], size: number, fits: Test, free: Test, needed?: Test): Group[] {
  const groups = rows.flatMap((row) => {
    const { section, depth, seats, bands } = row;
    const middle = (seats.length - 1) / 2;
    return windows(row, size, fits).flatMap((from): Group[] => {
      const own = seats.slice(from, from + size);
      if (needed && !own.some(needed)) return [];
      const orphans = leavesAlone(row, from, from - 1, free) || leavesAlone(row, from + size - 1, from + size, free);
      return [
        {
          ...{ section, depth, orphans, ids: own.map(({ id }) => id), accessible: own.filter(isAccessible).length },
          band: Math.max(...bands.slice(from, from + size)),
          distance: Math.abs(from + (size - 1) / 2 - middle),
        },
      ];
    });
  });
  return groups.sort(byWorth);
}

function byWorth(a: Group, b: Group): number {
  return (
    a.accessible - b.accessible ||
    a.band - b.band ||
    Number(a.orphans) - Number(b.orphans) ||
    a.depth - b.depth ||
    a.distance - b.distance
  );
}

/** Whether the seat `beyond` the last one of a group would be alone, and would not have been: accessible places don't mind. */
function leavesAlone(row: SeatRow, last: number, beyond: number, free: Test): boolean {
  const takes = (at: number, next: number) => {
    const seat = row.beside[Math.max(at, next)] ? row.seats[next] : undefined;
    return seat !== undefined && free(seat) && !isReserved(seat);
  };
  const end = row.seats[last];
  return end !== undefined && !isReserved(end) && takes(last, beyond) && !takes(beyond, 2 * beyond - last);
}

/** Where so many that fit begin, side by side. */
function windows(row: SeatRow, size: number, fits: Test): number[] {
  return runs(row, fits).flatMap((run, i) => (run >= size ? i - size + 1 : []));
}

/** How many that fit stand side by side up to each seat, itself included; 0: it does not fit. */
function runs({ seats, beside }: SeatRow, fits: Test): number[] {
  let run = 0;
  return seats.map((seat, i) => {
    run = fits(seat) ? (beside[i] ? run + 1 : 1) : 0;
    return run;
  });
}

/** Single seats by their worth, each group as many as are wanted; the section whose first group is best. */
function apart(rows: readonly SeatRow[], size: number, fits: Test, needed?: Test): Group[] {
  const bySection = new Map<string, Group[]>();
  for (const single of together(rows, 1, fits, () => false)) {
    const singles = bySection.get(single.section);
    if (singles) singles.push(single);
    else bySection.set(single.section, [single]);
  }
  const groups = [...bySection.values()].flatMap((singles) =>
    needed ? ledGroups(singles, size) : chunks(singles, size),
  );
  return groups.sort(byWorth);
}

function chunks(singles: Group[], size: number): Group[] {
  return Array.from({ length: Math.floor(singles.length / size) }, (_, i) =>
    joined(singles.slice(i * size, (i + 1) * size)),
  );
}

/** An accessible place each, with others that are none for as long as there are such. */
function ledGroups(singles: Group[], size: number): Group[] {
  const leaders = singles.filter(({ accessible }) => accessible > 0);
  const others = singles.filter(({ accessible }) => accessible === 0);
  const groups: Group[] = [];
  for (let leader = leaders.shift(); leader; leader = leaders.shift()) {
    const rest = others.splice(0, size - 1);
    rest.push(...leaders.splice(Math.max(0, leaders.length - (size - 1 - rest.length))));
    if (rest.length === size - 1) groups.push(joined([leader, ...rest]));
  }
  return groups;
}

function joined(singles: Group[]): Group {
  const sum = (field: 'accessible' | 'band' | 'depth' | 'distance') =>
    singles.reduce((total, single) => total + single[field], 0);
  return {
    ...{ section: singles[0]?.section ?? '', ids: singles.flatMap(({ ids }) => ids), orphans: false },
    ...{ accessible: sum('accessible'), band: sum('band'), depth: sum('depth'), distance: sum('distance') },
  };
}

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

function whatThereIs(rows: readonly SeatRow[], fits: Test, needed: Test = () => true): Nothing {
  const available = rows.reduce((sum, { seats }) => sum + seats.filter((seat) => fits(seat) && needed(seat)).length, 0);
  const longest = rows.map((row) => {
    const lengths = runs(row, fits);
    return Math.max(...lengths.map((run, i) => (row.seats.slice(i + 1 - run, i + 1).some(needed) ? run : 0)));
  });
  return { together: Math.max(0, ...longest), available };
}
