import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';

/** Names that may stand twice, with the reason. */
const exceptions: Record<string, string> = {};

const files = ['api', 'workers', 'shared'].flatMap((part) =>
  readdirSync(join(projectRoot, part), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(part, name)),
);

/** The names that a file declares and exports. One that it only passes on (`export { … }`) is another file's. */
function exportsOf(file: string): string[] {
  const source = readFileSync(join(projectRoot, file), 'utf8');
  const declared = /^export (?:async )?(?:abstract )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;
  return Array.from(source.matchAll(declared), ([, name = '']) => name);
}

test('no exported name stands twice in api, workers and shared', () => {
  const filesOf = new Map<string, string[]>();
  for (const file of files)
    for (const name of new Set(exportsOf(file))) filesOf.set(name, [...(filesOf.get(name) ?? []), file]);
  expect(filesOf.get('createWaitingRoom')).toEqual(['shared/waiting-room/waiting-room.ts']);
  expect(filesOf.size).toBeGreaterThan(300);
  const twice = [...filesOf].filter(([name, places]) => places.length > 1 && !(name in exceptions));
  expect(twice).toEqual([]);
});

test('what is excepted does stand twice', () => {
  for (const name of Object.keys(exceptions))
    expect(files.filter((file) => exportsOf(file).includes(name)).length).toBeGreaterThan(1);
});
