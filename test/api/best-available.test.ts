import type { PresentedSeat } from '../../api/concerts/read-seats';
import { bestAvailable, type Nothing, type Proposal, type Wish } from '../../api/holds/best-available';
import { rowsOf } from '../../api/holds/seat-rows';
import { createRandom } from '../../tools/random';

/** `_` is free, `x` taken, ` ` an aisle: no seat there. One row a line, the first one in front. */
function hall(sections: Record<string, string[]>, price = 1000): PresentedSeat[] {
  return Object.entries(sections).flatMap(([section, rows]) =>
    rows.flatMap((row, r) =>
      [...row].flatMap((sign, i) => {
        const status = sign === 'x' ? ('sold' as const) : ('available' as const);
        const id = `${section}${r + 1}-${i + 1}`;
        return sign === ' ' ? [] : [{ id, section, row: String(r + 1), number: i + 1, price, status }];
      }),
    ),
  );
}

const ask = (seats: PresentedSeat[], wish: Partial<Wish> = {}) =>
  bestAvailable(rowsOf(seats), { seats: 2, together: true, ...wish });
const first = (found: Proposal | Nothing) => ('groups' in found ? found.groups[0] : found);

test.each([
  ['the middle of the first row', { A: ['______', '______'] }, {}, ['A1-3', 'A1-4']],
  ['the next row when the first one is full', { A: ['xxxxxx', '______'] }, {}, ['A2-3', 'A2-4']],
  ['no seat left alone, though another pair is nearer to the middle', { A: ['x_____x'] }, {}, ['A1-2', 'A1-3']],
  ['a seat left alone where the row has nothing else', { A: ['xx___xx', '_______'] }, {}, ['A1-3', 'A1-4']],
  [
    'the first row of another section before the second one of this',
    { A: ['xxxx', '____'], B: ['____'] },
    {},
    ['B1-1', 'B1-2'],
  ],
  ['only the sections asked for', { A: ['____'], B: ['____'] }, { sections: ['B'] }, ['B1-1', 'B1-2']],
  ['nobody across an aisle', { A: ['x_ _x', '__'] }, {}, ['A2-1', 'A2-2']],
  ['apart where that is allowed', { A: ['_x_x_'] }, { seats: 3, together: false }, ['A1-3', 'A1-1', 'A1-5']],
  ['what there is when nothing fits', { A: ['_x__x'] }, { seats: 3 }, { together: 2, available: 3 }],
  ['what there is at the price', { A: ['____'] }, { maxPrice: 999 }, { together: 0, available: 0 }],
])('%s', (_name, sections, wish, expected) => {
  expect(first(ask(hall(sections as Record<string, string[]>), wish))).toEqual(expected);
});

test('groups have no seat in common, lie in one section, and are few enough to be carried', () => {
  const found = ask(hall({ A: Array(20).fill('_'.repeat(30)), B: ['____'] }), { seats: 4 }) as Proposal;
  expect(new Set(found.groups.flat()).size).toBe(found.groups.length * 4);
  expect(found.groups.every((ids) => ids.every((id) => id.startsWith(found.section)))).toBe(true);
  expect(found.groups.length).toBeGreaterThan(5);
  expect(found.groups.flat().length).toBeLessThanOrEqual(60);
});

describe('seats with what seating plans say of them', () => {
  type Extra = Partial<PresentedSeat>;
  /** One row a line; each seat with its fields, or null for an aisle. */
  const planned = (...rows: (Extra | null)[][]): PresentedSeat[] =>
    rows.flatMap((row, r) =>
      row.flatMap((extra, i) => {
        const seat = { id: `A${r + 1}-${i + 1}`, section: 'A', row: String(r + 1), number: i + 1, price: 1000 };
        return extra === null ? [] : [{ ...seat, status: 'available' as const, ...extra }];
      }),
    );
  const wheelchair: Extra = { attributes: ['accessible'] };
  const companion: Extra = { attributes: ['companion'] };
  const aisle: Extra = { attributes: ['aisle'] };
  const sold: Extra = { status: 'sold' };

  test.each<[string, (Extra | null)[][], Partial<Wish>, unknown]>([
    [
      'the lowest rank, though it is farther back',
      [
        [{ rank: 2 }, { rank: 2 }],
        [{ rank: 1 }, { rank: 1 }],
      ],
      {},
      ['A2-1', 'A2-2'],
    ],
    [
      'a group as its worst seat',
      [
        [{ rank: 1 }, { rank: 3 }],
        [{ rank: 2 }, { rank: 2 }],
      ],
      {},
      ['A2-1', 'A2-2'],
    ],
    [
      'the row before the distance, in one rank',
      [
        [{ rank: 1 }, { rank: 1 }, { rank: 1 }],
        [{ rank: 1 }, { rank: 1 }],
      ],
      { seats: 1 },
      ['A1-2'],
    ],
    [
      'nobody alone, in all of a rank',
      [
        [sold, { rank: 1 }, { rank: 1 }, { rank: 1 }],
        [{ rank: 1 }, { rank: 1 }],
      ],
      {},
      ['A2-1', 'A2-2'],
    ],
    [
      'seats without a rank last',
      [
        [{}, {}],
        [{ rank: 9 }, { rank: 9 }],
      ],
      {},
      ['A2-1', 'A2-2'],
    ],
    [
      'nobody across two seats at an aisle',
      [
        [{}, aisle, aisle, {}],
        [{}, {}, {}, {}],
      ],
      { seats: 3 },
      ['A2-1', 'A2-2', 'A2-3'],
    ],
    ['one seat at an aisle beside others', [[aisle, {}]], {}, ['A1-1', 'A1-2']],
    [
      'places, where they are known, over what is said of aisles',
      [
        [
          { ...aisle, x: 0, y: 0 },
          { ...aisle, x: 1, y: 0 },
        ],
      ],
      {},
      ['A1-1', 'A1-2'],
    ],
    [
      'nobody across a gap',
      [
        [
          { x: 0, y: 0 },
          { x: 1, y: 0 },
          { x: 3, y: 0 },
          { x: 4, y: 0 },
        ],
        [
          { x: 0, y: 1 },
          { x: 1, y: 1 },
          { x: 2, y: 1 },
        ],
      ],
      { seats: 3 },
      ['A2-1', 'A2-2', 'A2-3'],
    ],
    ['no accessible place to others', [[{}, wheelchair, {}]], {}, { together: 1, available: 2 }],
    ['nor one of a companion, even alone', [[companion]], { seats: 1 }, { together: 0, available: 0 }],
    ['nor apart', [[{}, wheelchair, sold, {}]], { together: false }, ['A1-1', 'A1-4']],
    [
      'the seat beside an accessible place as one that would be alone',
      [
        [wheelchair, {}, {}, {}],
        [{}, {}],
      ],
      {},
      ['A1-3', 'A1-4'],
    ],
    [
      'an accessible place, and who comes along',
      [
        [{}, {}, {}],
        [{}, companion, wheelchair],
      ],
      { accessible: true },
      ['A2-2', 'A2-3'],
    ],
    [
      'one accessible place, where one is asked for',
      [
        [wheelchair, wheelchair],
        [wheelchair, companion],
      ],
      { accessible: true },
      ['A2-1', 'A2-2'],
    ],
    [
      'what there is of accessible places',
      [
        [{}, {}, {}],
        [wheelchair, {}],
      ],
      { accessible: true, seats: 3 },
      { together: 2, available: 1 },
    ],
    ['none where there is none', [[{}, {}]], { accessible: true, seats: 1 }, { together: 0, available: 0 }],
    [
      'an accessible place and others apart',
      [[{}, sold, {}, sold, wheelchair, wheelchair]],
      { accessible: true, together: false, seats: 3 },
      ['A1-5', 'A1-3', 'A1-1'],
    ],
  ])('%s', (_name, rows, wish, expected) => {
    expect(first(ask(planned(...rows), wish))).toEqual(expected);
  });
});

test('in three thousand random halls nothing better than the first group is there', () => {
  const random = createRandom(7);
  const modes = new Set<string>();
  for (let round = 0; round < 3000; round += 1) {
    const drawn = drawHall(random);
    const wish = { seats: random.int(1, 4), accessible: random.int(0, 3) === 0 };
    const found = first(
      ask(
        drawn.flat().map(({ seat }) => seat),
        wish,
      ),
    );
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
