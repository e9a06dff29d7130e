import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openOperationsServer } from '../../shared/health/operations-server';
import { problems } from '../../shared/platform/errors';
import { projectRoot } from '../../shared/platform/project-root';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

/** The cells of a page's table rows whose first cell is in backticks. */
function rows(page: string): string[][] {
  const text = readFileSync(join(projectRoot, 'docs/reference', page), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test('codes.md has every problem code, as the table of the sources says', () => {
  const listed = rows('codes.md').map(([code, status, title, again]) => [code, status, title, again]);
  const expected = Object.entries(problems).map(([code, { status, title, ...more }]) => {
    return [`\`${code}\``, String(status), title, 'retry' in more ? 'yes' : 'no'];
  });
  expect(listed).toEqual(expected);
  for (const [code, , , , advice] of rows('codes.md')) expect([code, advice]).not.toContain('');
});

test('metrics.md has every metric of a process, with its type and labels', async () => {
  await openOperationsServer(world.context, world.context.readiness, 0);
  const { registry } = world.context.metrics;
  const all = (await registry.getMetricsAsArray()) as unknown as { name: string; type: string; labelNames: string[] }[];
  const own = all.filter(({ name }) => name.startsWith('frontrow_'));
  const expected = own.map(({ name, type, labelNames }) => [
    `\`${name}\``,
    type,
    labelNames.map((label) => `\`${label}\``).join(', '),
  ]);
  const listed = rows('metrics.md').map(([name = '', type = '', labels = '']) => [name, type, labels]);
  expect(listed.sort()).toEqual(expected.sort());
  for (const [name, , , unit, meaning] of rows('metrics.md')) expect([name, unit, meaning]).not.toContain('');
});
