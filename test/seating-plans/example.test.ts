import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSeats } from '../../api/seating-plans/check-seats';
import { createMistakes } from '../../api/seating-plans/mistakes';
import { readCsv } from '../../api/seating-plans/read-csv';
import { projectRoot } from '../../shared/platform/project-root';

test('the example of the guide is imported without a mistake', async () => {
  const file = readFileSync(join(projectRoot, 'docs/guides/example-hall.csv'));
  const mistakes = createMistakes();
  const seats = await checkSeats(await readCsv(file, 50_000, mistakes), ['R', 'S', 'A'], mistakes);
  expect(seats).toHaveLength(94);
  expect(seats.flatMap(({ attributes = [] }) => attributes)).toEqual(
    expect.arrayContaining(['aisle', 'accessible', 'companion', 'restricted-view']),
  );
});
