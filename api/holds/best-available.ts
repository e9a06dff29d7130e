import type { PresentedSeat } from '../concerts/read-seats';
import type { SeatRow } from './seat-rows';
import { byWorth, isAccessible, isReserved, runs, type SeatSpan, spansOf, type Test, type Worth } from './spans';

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

interface Group extends Worth {
  section: string;
  ids: string[];
}

type Groups = Generator<Group, undefined>;

/**
 * The best seats that fit a wish. In a hall with ranks the lowest ranks first, else the nearest rows; among those first what
 * leaves no seat alone, then nearer rows, then what is nearest to the middle; else in the order of the seat map. Accessible
 * places and those of companions go to who asks for one, and no more of them than are needed. Seats that are not together are
 * the best single ones of a section. No more is looked at than is proposed: it runs for each such hold, and nobody else is served
 * meanwhile.
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
  let best: { first: Group; others: Groups } | undefined;
  for (const own of bySection(wanted)) {
    const groups = wish.together
      ? together(own, wish.seats, fits, free, accessible)
      : apart(own, wish.seats, fits, accessible);
    const first = groups.next().value;
    if (first && (!best || byWorth(first, best.first) < 0)) best = { first, others: groups };
  }
  if (!best) return whatThereIs(wanted, fits, accessible);
  return { section: best.first.section, groups: disjoint(best.first, best.others) };
}

function bySection(rows: readonly SeatRow[]): SeatRow[][] {
  const sections = new Map<string, SeatRow[]>();
  for (const row of rows) {
    const own = sections.get(row.section);
    if (own) own.push(row);
    else sections.set(row.section, [row]);
  }
  return [...sections.values()];
}

function* together(rows: readonly SeatRow[], size: number, fits: Test, free: Test, accessible: boolean): Groups {
  for (const { row, from, ...worth } of spansOf(rows, size, fits, free, accessible))
    if (!accessible || worth.accessible > 0)
      yield { ...worth, section: row.section, ids: row.seats.slice(from, from + size).map(({ id }) => id) };
}

/** Single seats of a section by their worth, each group as many as are wanted. */
function* apart(rows: readonly SeatRow[], size: number, fits: Test, accessible: boolean): Groups {
  const singles = spansOf(rows, 1, fits, () => false, accessible);
  if (accessible) return yield* ledGroups([...singles], size);
  for (let own = take(singles, size); own.length === size; own = take(singles, size)) yield joined(own);
}

function take(spans: Generator<SeatSpan, undefined>, count: number): SeatSpan[] {
  const taken: SeatSpan[] = [];
  while (taken.length < count) {
    const span = spans.next().value;
    if (!span) break;
    taken.push(span);
  }
  return taken;
}

/** An accessible place each, with others that are none for as long as there are such. */
function* ledGroups(singles: readonly SeatSpan[], size: number): Groups {
  const leaders = singles.filter(({ accessible }) => accessible > 0);
  const others = singles.filter(({ accessible }) => accessible === 0);
  const groups: Group[] = [];
  for (let leader = leaders.shift(); leader; leader = leaders.shift()) {
    const rest = others.splice(0, size - 1);
    rest.push(...leaders.splice(Math.max(0, leaders.length - (size - 1 - rest.length))));
    if (rest.length === size - 1) groups.push(joined([leader, ...rest]));
  }
  yield* groups.sort(byWorth);
}

function joined(singles: readonly SeatSpan[]): Group {
  const sum = (field: 'accessible' | 'band' | 'depth' | 'distance') =>
    singles.reduce((total, single) => total + single[field], 0);
  return {
    section: singles[0]?.row.section ?? '',
    ids: singles.map(({ row, from }) => row.seats[from]?.id ?? ''),
    ...{ accessible: sum('accessible'), band: sum('band'), orphans: false, depth: sum('depth') },
    distance: sum('distance'),
  };
}

/** The first ones, then ever sparser ones: whoever is late for the best must not be late for all. */
function disjoint(first: Group, others: Groups): string[][] {
  const most = Math.max(1, Math.min(maxGroups, Math.floor(maxSeats / first.ids.length)));
  const used = new Set<string>();
  const picked: string[][] = [];
  let [found, next] = [0, 0];
  for (let group: Group | undefined = first; group && picked.length < most; group = others.next().value) {
    if (group.ids.some((id) => used.has(id))) continue;
    for (const id of group.ids) used.add(id);
    if (found === next) {
      picked.push(group.ids);
      next += picked.length > 4 ? picked.length - 3 : 1;
    }
    found += 1;
  }
  return picked;
}

function whatThereIs(rows: readonly SeatRow[], fits: Test, accessible: boolean): Nothing {
  let [available, longest] = [0, 0];
  for (const row of rows) {
    let counts = false;
    for (const [i, run] of runs(row, fits).entries()) {
      if (run === 0) continue;
      const isNeeded = !accessible || isAccessible(row.seats[i] as PresentedSeat);
      counts = isNeeded || (run > 1 && counts);
      if (isNeeded) available += 1;
      if (counts) longest = Math.max(longest, run);
    }
  }
  return { together: longest, available };
}
