import type { Located } from '../../web/src/booking/seats/layout';
import { layOutPlan } from '../../web/src/booking/seats/plan-layout';

/** Rows in arcs around a stage, with an aisle in the middle. */
function arcs(rows: number, half: number, unit = 1): Located[] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: 2 * half }, (_, i): Located => {
      const radius = 8 + row * 1.1;
      const along = i - half + 0.5 + (i < half ? -0.5 : 0.5);
      const angle = along / radius;
      const place = { x: radius * Math.sin(angle) * unit, y: radius * Math.cos(angle) * unit };
      return { section: 'A', row: String(row + 1), number: i + 1, ...place };
    }),
  ).flat();
}

const seatsOf = (hall: ReturnType<typeof layOutPlan<Located>>) =>
  hall?.sections.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats)) ?? [];

test.each([1, 0.01, 40])('seats have the size of a cell, whatever the unit of the plan (%d)', (unit) => {
  const hall = layOutPlan(arcs(10, 8, unit));
  const seats = seatsOf(hall);
  expect(seats).toHaveLength(160);
  const gaps = seats.map((a) => Math.min(...seats.filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
  expect(Math.min(...gaps)).toBeGreaterThan(0.85);
  expect(Math.max(...gaps)).toBeLessThan(1.3);
});

test('everything lies in the hall, below the stage, and the aisle stays', () => {
  const hall = layOutPlan(arcs(10, 8));
  const seats = seatsOf(hall);
  for (const { x, y } of seats) {
    expect(x).toBeGreaterThanOrEqual(0.5);
    expect(x).toBeLessThanOrEqual((hall?.width ?? 0) - 0.5);
    expect(y).toBeGreaterThan(2);
    expect(y).toBeLessThanOrEqual((hall?.height ?? 0) - 0.5);
  }
  const [left, right] = [seats[7], seats[8]];
  expect((right?.x ?? 0) - (left?.x ?? 0)).toBeGreaterThan(1.8);
});

test('names stand where no seat is, or not at all', () => {
  const front = arcs(3, 4);
  const behind = arcs(6, 4)
    .slice(24)
    .map((seat) => ({ ...seat, section: 'B' }));
  const sections = layOutPlan([...front, ...behind])?.sections ?? [];
  expect(sections.map(({ name, y }) => [name, y !== null])).toEqual([
    ['A', true],
    ['B', true],
  ]);
  const beside = front
    .filter(({ number }) => number === 1)
    .map((seat) => ({ ...seat, section: 'C', x: (seat.x ?? 0) - 0.95 }));
  const rows = layOutPlan([...front, ...beside])?.sections[0]?.rows ?? [];
  expect(rows.some(({ isNamed }) => isNamed === false)).toBe(true);
});

test('a hall in which any seat has no place is none of these', () => {
  const [first, ...others] = arcs(2, 3);
  if (!first) throw new Error('no seats');
  const { x, ...without } = first;
  expect(layOutPlan([without, ...others])).toBeNull();
  expect(layOutPlan([])).toBeNull();
});

test.each([
  ['one seat', [{ section: 'A', row: '1', number: 1, x: 5, y: 5 }]],
  ['one row', [1, 2, 3].map((number) => ({ section: 'A', row: '1', number, x: number, y: 0 }))],
  ['two seats far apart', [1, 9].map((number) => ({ section: 'A', row: '1', number, x: number * 100, y: 0 }))],
])('%s is a hall', (_what, seats) => {
  const hall = layOutPlan<Located>(seats);
  expect(seatsOf(hall).every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
  expect(hall?.width).toBeLessThan(60);
});

test('50,000 seats are a hall as well', () => {
  expect(seatsOf(layOutPlan(arcs(250, 100)))).toHaveLength(50_000);
});
