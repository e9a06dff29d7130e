import type { PresentedSeat } from '../../api/concerts/read-seats';
import { bestAvailable, type Nothing, type Proposal, rowsOf, type Wish } from '../../api/holds/best-available';
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

test('in a thousand random halls nothing better than the first group is there', () => {
  const random = createRandom(7);
  for (let round = 0; round < 1000; round++) {
    const width = random.int(1, 12);
    const row = () => Array.from({ length: width }, () => random.pick(['_', '_', '_', 'x', ' '])).join('');
    const sections = { A: [row(), row(), row()], B: [row(), row()] };
    const size = random.int(1, 4);
    const seats = hall(sections);
    const found = first(ask(seats, { seats: size }));
    const best = bruteForce(sections, size);
    if (best === null) expect(Array.isArray(found)).toBe(false);
    else expect([sections, scoreOf(sections, found as string[])]).toEqual([sections, best]);
  }
});

type Score = [band: number, orphans: number, distance: number];

/** The least score of all groups of so many seats; null when there is none. */
function bruteForce(sections: Record<string, string[]>, size: number): Score | null {
  let best: Score | null = null;
  for (const [section, rows] of Object.entries(sections)) {
    for (const [r, row] of rows.entries()) {
      for (let i = 0; i + size <= row.length; i++) {
        if (row.slice(i, i + size) !== '_'.repeat(size)) continue;
        const ids = Array.from({ length: size }, (_, k) => `${section}${r + 1}-${i + k + 1}`);
        const score = scoreOf(sections, ids);
        if (!best || less(score, best)) best = score;
      }
    }
  }
  return best;
}

const less = (a: Score, b: Score) => (a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) < 0;

/** Counted on the drawing itself: lonely free seats after the group is taken that were not lonely before. */
function scoreOf(sections: Record<string, string[]>, ids: string[]): Score {
  const [, section = '', r = '', from = ''] = /^([A-Z])(\d+)-(\d+)$/.exec(ids[0] ?? '') ?? [];
  const rows = sections[section] ?? [];
  const before = rows[Number(r) - 1] ?? '';
  const start = Number(from) - 1;
  const after = before.slice(0, start) + 'x'.repeat(ids.length) + before.slice(start + ids.length);
  const lonely = (row: string) => Array.from(row.matchAll(/(?<!_)_(?!_)/g), ({ index }) => index);
  const orphans = lonely(after).some((i) => !lonely(before).includes(i));
  const seats = [...before].flatMap((sign, i) => (sign === ' ' ? [] : [i]));
  const position = seats.indexOf(start);
  // Rows without any seat are none.
  const band = rows.slice(0, Number(r) - 1).filter((row) => row.trim() !== '').length;
  return [band, Number(orphans), Math.abs(position + (ids.length - 1) / 2 - (seats.length - 1) / 2)];
}
