import type { PresentedSeat } from '../../api/concerts/read-seats';
import { bestAvailable } from '../../api/holds/best-available';
import { rowsOf } from '../../api/holds/seat-rows';
import { createRandom } from '../../tools/random';

test('in three thousand random halls nothing better than the first group is there', () => {
  const random = createRandom(7);
  const modes = new Set<string>();
  for (let round = 0; round < 3000; round += 1) {
    const drawn = drawHall(random);
    const wish = { seats: random.int(1, 4), accessible: random.int(0, 3) === 0 };
    const proposed = bestAvailable(rowsOf(drawn.flat().map(({ seat }) => seat)), { ...wish, together: true });
    const found = 'groups' in proposed ? proposed.groups[0] : null;
    const best = leastScore(drawn, wish);
    modes.add(`${best !== null} ${wish.accessible}`);
    if (best === null) expect([drawn, Array.isArray(found)]).toEqual([drawn, false]);
    else expect([drawn, scoreOf(drawn, found as string[])]).toEqual([drawn, best]);
  }
  expect(modes.size).toBe(4);
});

interface Drawn {
  seat: PresentedSeat;
  /** Whether the seat before it in its row is next to it, as drawn. */
  joins: boolean;
  depth: number;
}

/** Rows of seats; some halls have ranks, some places, some say where aisles are, some have accessible places. */
function drawHall(random: ReturnType<typeof createRandom>): Drawn[][] {
  const [ranks, places, signs] = [random.int(0, 1) === 1, random.int(0, 1) === 1, random.int(0, 2) === 0];
  return ['A', 'B'].flatMap((section) => {
    // The usual distance of a section is that of most of its seats: some stand side by side for sure.
    const rows = [...Array.from({ length: random.int(1, 3) }, () => random.int(1, 10)), 6];
    return rows.map((width, depth) =>
      drawRow({ random, section, depth, width, last: depth === rows.length - 1, ranks, places, signs }),
    );
  });
}

interface RowOptions {
  random: ReturnType<typeof createRandom>;
  section: string;
  depth: number;
  width: number;
  last: boolean;
  ranks: boolean;
  places: boolean;
  signs: boolean;
}

function drawRow({ random, section, depth, width, last, ranks, places, signs }: RowOptions): Drawn[] {
  let [x, number] = [0, 0];
  const row = Array.from({ length: width }, (_, i): Drawn => {
    const gap = i > 0 && !last && random.int(0, 6) === 0;
    // Without places an aisle is a number that is left out.
    x += gap ? 2.5 : 1;
    number += gap && !places ? 2 : 1;
    const kind = signs ? random.pick(['accessible', 'companion', null, null, null, null] as const) : null;
    const seat: PresentedSeat = {
      ...{ id: `${section}${depth}-${i}`, section, row: `row ${depth}`, number, price: 1 },
      status: last || random.int(0, 3) === 0 ? 'sold' : 'available',
      ...(places && { x, y: depth }),
      ...(ranks && random.int(0, 5) > 0 && { rank: random.int(1, 3) }),
      ...(kind && { attributes: [kind] }),
    };
    return { seat, joins: i > 0 && !gap, depth };
  });
  return row;
}

type Score = [accessible: number, band: number, orphans: number, depth: number, distance: number];

const has = ({ attributes = [] }: PresentedSeat, ...any: string[]) => attributes.some((name) => any.includes(name));

/** The least score of all groups that fit; null when there is none. */
function leastScore(hall: Drawn[][], { seats, accessible }: { seats: number; accessible: boolean }): Score | null {
  let best: Score | null = null;
  for (const row of hall) {
    for (let from = 0; from + seats <= row.length; from += 1) {
      const group = row.slice(from, from + seats);
      const fits = group.every(({ seat, joins }, i) => seat.status === 'available' && (i === 0 || joins));
      const right = accessible
        ? group.some(({ seat }) => has(seat, 'accessible'))
        : !group.some(({ seat }) => has(seat, 'accessible', 'companion'));
      if (!fits || !right) continue;
      const score = scoreOf(
        hall,
        group.map(({ seat }) => seat.id),
      );
      if (!best || less(score, best)) best = score;
    }
  }
  return best;
}

const less = (a: Score, b: Score) => {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
};

/** Counted on the drawing itself: who is alone after the group is taken and was not before. */
function scoreOf(hall: Drawn[][], ids: string[]): Score {
  const row = hall.find((all) => all.some(({ seat }) => seat.id === ids[0])) ?? [];
  const group = row.filter(({ seat }) => ids.includes(seat.id));
  const lonely = (taken: string[]) => {
    const mayStay = (at: number) => {
      const seat = row[at]?.seat;
      return seat?.status === 'available' && !has(seat, 'accessible', 'companion') && !taken.includes(seat.id);
    };
    return row.filter((drawn, i) => {
      const [left, right] = [drawn.joins && mayStay(i - 1), row[i + 1]?.joins === true && mayStay(i + 1)];
      return mayStay(i) && !left && !right;
    });
  };
  const before = lonely([]);
  const orphans = lonely(ids).some((drawn) => !before.includes(drawn));
  const ranked = hall.flat().some(({ seat }) => seat.rank !== undefined);
  const band = Math.max(...group.map(({ seat, depth }) => (ranked ? (seat.rank ?? 1001) : depth)));
  const from = row.findIndex(({ seat }) => seat.id === ids[0]);
  const distance = Math.abs(from + (ids.length - 1) / 2 - (row.length - 1) / 2);
  const accessible = group.filter(({ seat }) => has(seat, 'accessible')).length;
  return [accessible, band, Number(orphans), group[0]?.depth ?? 0, distance];
}
