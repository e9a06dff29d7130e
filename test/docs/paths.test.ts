import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { exists, markdownFiles } from './markdown';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
const room = /`((?:api|workers|shared|client|web|test|tools|deploy|docs)\/[\w./-]*)`/g;

/** Of the past: what it says was so on its day. */
const dated = /^(CHANGELOG\.md|docs\/journal\/|docs\/decisions\/)/;

test.each(markdownFiles().filter((file) => !dated.test(file)))(
  '%s: paths of the tree that it names are there',
  (file) => {
    const named = Array.from(read(file).matchAll(room), ([, path = '']) => path);
    expect(named.filter((path) => ![path, `${path}.ts`, `${path}.test.ts`].some(exists))).toEqual([]);
  },
);

test('ARCHITECTURE.md is short, and its guided walk opens at most 35 files', () => {
  const text = read('ARCHITECTURE.md');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  const walk = text.slice(text.indexOf('## A guided walk'), text.indexOf('States: `accepted`'));
  const files = Array.from(walk.matchAll(room), ([, path]) => path);
  expect(files.length).toBeGreaterThan(20);
  expect(new Set(files).size).toBe(files.length);
  expect(files.length).toBeLessThanOrEqual(35);
  expect(walk).toContain(`${files.length} files`);
});
