import { selectionsOf } from '../../web/src/operator/hall/block-requests';

/** Rows of a section, all seats of which are as long in name as these. */
function hall(rows: number, seatsPerRow: number) {
  return Array.from({ length: rows * seatsPerRow }, (_, i) => ({
    ...{ id: `perf_demo-A-${i + 1}`, section: 'A', row: String(Math.floor(i / seatsPerRow) + 1) },
  }));
}

test('whole rows go by their names, the others seat by seat', () => {
  const seats = hall(3, 4);
  const marked = new Set([...seats.slice(0, 4), ...seats.slice(5, 7)].map(({ id }) => id));
  expect(selectionsOf(seats, marked)).toEqual([
    { rows: [{ section: 'A', row: '1' }] },
    { seatIds: ['perf_demo-A-6', 'perf_demo-A-7'] },
  ]);
  expect(selectionsOf(seats, new Set())).toEqual([]);
});

test('however many are marked, each request fits into a body, and each seat is in one', () => {
  const seats = hall(1000, 50);
  const marked = new Set(seats.filter((_, i) => i % 50 !== 7 || i < 5000).map(({ id }) => id));
  const selections = selectionsOf(seats, marked);
  for (const selection of selections) expect(JSON.stringify(selection).length).toBeLessThan(16_000);
  const named = selections.flatMap((selection) =>
    'rows' in selection ? selection.rows.map(({ row }) => row) : selection.seatIds,
  );
  expect(new Set(named).size).toBe(named.length);
  expect(named).toHaveLength(100 + 900 * 49);
});
