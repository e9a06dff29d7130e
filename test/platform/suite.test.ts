import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** As tools/test/parts.mjs has them, which jest's modules can't import. */
function readParts(): Record<string, string[]> {
  const listed = read('tools/test/parts.mjs').matchAll(/^ {2}(\w+): \[([^\]]+)\]/gm);
  return Object.fromEntries(Array.from(listed, ([, part = '', list = '']) => [part, list.match(/[\w-]+/g) ?? []]));
}

test('every test file belongs to exactly one part, and every part has a command', () => {
  const inParts = Object.values(readParts()).flat().sort();
  const files = readdirSync(join(projectRoot, 'test'), { recursive: true, encoding: 'utf8' });
  const folders = files.filter((file) => file.endsWith('.test.ts')).map((file) => file.split('/')[0]);
  expect(folders.length).toBeGreaterThan(100);
  expect(inParts).toEqual([...new Set(folders)].sort());
  const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;
  for (const part of Object.keys(readParts()))
    expect(scripts[`test:${part}`]).toBe(`node tools/test.mjs --part ${part}`);
});

test('files that are to begin first are there', () => {
  const named = read('tools/test/sequencer.cjs').match(/test\/[\w/.-]+\.test\.ts/g) ?? [];
  const tests = readdirSync(join(projectRoot, 'test'), { recursive: true, encoding: 'utf8' });
  expect(named.filter((file) => !tests.includes(file.slice('test/'.length)))).toEqual([]);
});

test('the lock file has a checksum of every package', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { integrity?: string }> };
  const without = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && !integrity);
  expect(without).toEqual([]);
});
