import type { PresentedSeat } from '../../api/concerts/read-seats';
import { bestAvailable, type Nothing, type Proposal, type Wish } from '../../api/holds/best-available';
import { rowsOf } from '../../api/holds/seat-rows';

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
        [{ rank: 1 }, { rank: 1 }, sold, { rank: 1 }, { rank: 1 }],
        [{ rank: 1 }, { rank: 1 }],
      ],
      {},
      ['A1-1', 'A1-2'],
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
      'the middle, since a seat beside an accessible place alone is alone as well',
      [
        [wheelchair, {}, {}, {}],
        [{}, {}],
      ],
      {},
      ['A1-2', 'A1-3'],
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
