import { type Located, layOut, neighbour } from '../../web/src/booking/seats/layout';

/** Seats of a section: row by row, the numbers in it. */
const section = (name: string, rows: readonly (readonly number[])[]): Located[] =>
  rows.flatMap((numbers, i) => numbers.map((number) => ({ section: name, row: String(i + 1), number })));
const seatsOf = (hall: ReturnType<typeof layOut<Located>>) =>
  hall.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats));
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

test.each([
  ['numbers that begin anew in each row', [upTo(1, 10), upTo(1, 10)]],
  ['numbers that run on through the section', [upTo(1, 10), upTo(11, 20)]],
])('%s: rows stand behind each other, and no two seats overlap', (_name, rows) => {
  const hall = layOut(section('A', rows));
  const [first, second] = hall.sections[0]?.rows.map(({ seats }) => seats) ?? [];
  expect(second?.map(({ x }) => x)).toEqual(first?.map(({ x }) => x));
  for (const [i, { y }] of (second ?? []).entries()) expect(y - (first?.[i]?.y ?? 0)).toBeCloseTo(1);
});

test('gaps stay gaps, shorter rows stand in the middle', () => {
  const hall = layOut(section('A', [[1, 2, 5, 6], upTo(7, 8)]));
  const [first, second] = hall.sections[0]?.rows.map(({ seats }) => seats.map(({ x }) => x)) ?? [];
  expect(first).toEqual([1.5, 2.5, 5.5, 6.5]);
  expect(second).toEqual([3.5, 4.5]);
});

test.each([1, 2, 3, 4, 5, 9, 12])(
  '%d sections: everything lies in the hall, and every seat has its own cell',
  (count) => {
    const names = Array.from({ length: count }, (_, i) => String.fromCharCode(65 + i));
    const hall = layOut(names.flatMap((name, i) => section(name, [upTo(1, 6 + (i % 3)), upTo(1, 8), upTo(2, 5)])));
    const seats = seatsOf(hall);
    const [xs, ys] = [seats.map(({ x }) => x), seats.map(({ y }) => y)];
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(1.5);
    expect(Math.max(...xs)).toBeLessThanOrEqual(hall.width - 1.5);
    expect(Math.min(...ys)).toBeGreaterThan(2);
    expect(Math.max(...ys)).toBeLessThanOrEqual(hall.height - 0.5);
    const gaps = seats.flatMap((a) =>
      seats.filter((b) => a !== b).map((b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))),
    );
    expect(Math.min(...gaps)).toBeGreaterThan(0.7);
  },
);

test('arrow keys reach every seat, and lead back', () => {
  const hall = layOut([...section('A', [upTo(1, 5), upTo(6, 9)]), ...section('B', [upTo(1, 3), upTo(4, 6)])]);
  const all = seatsOf(hall);
  const directions = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const;
  const reached = new Set(all.slice(0, 1));
  for (const from of reached)
    for (const [dx, dy] of directions) {
      const to = neighbour(all, from, dx, dy);
      if (to) reached.add(to);
    }
  expect(reached.size).toBe(all.length);
  const [first] = all;
  if (!first) throw new Error('no seats');
  const right = neighbour(all, first, 1, 0);
  expect(right?.seat).toMatchObject({ section: 'A', row: '1', number: 2 });
  expect(right && neighbour(all, right, -1, 0)).toBe(first);
  expect(neighbour(all, first, -1, 0)).toBeNull();
});
