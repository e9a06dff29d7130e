import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { anchors, exists, links, markdownFiles } from './markdown';

const files = markdownFiles();

test('there are pages to look at', () => {
  expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/index.md', 'client/README.md']));
});

test.each(files)('%s: every relative link leads to a file that is there, and to an anchor in it', (file) => {
  const dead = links(file).filter(({ path, anchor }) => {
    const target = path === '' ? file : join(dirname(file), decodeURI(path));
    if (target.startsWith('..') || !exists(target)) return true;
    return anchor !== undefined && (!target.endsWith('.md') || !anchors(target).has(anchor));
  });
  expect(dead).toEqual([]);
});

test('every page of docs/ but the journal can be reached from docs/index.md', () => {
  const reached = new Set(['docs/index.md']);
  for (const file of reached)
    for (const { path } of links(file)) {
      const target = join(dirname(file), path);
      if (target.startsWith('docs/') && target.endsWith('.md') && exists(target)) reached.add(target);
    }
  const pages = files.filter((file) => file.startsWith('docs/') && !file.startsWith('docs/journal/'));
  expect(pages.filter((file) => !reached.has(file))).toEqual([]);
});

test('every decision has a date and a status', () => {
  for (const file of files.filter((one) => one.startsWith('docs/decisions/0'))) {
    const [title = '', , status = ''] = readFileSync(file, 'utf8').split('\n');
    expect([file, title]).toEqual([file, expect.stringMatching(/^# \S/)]);
    expect([file, status]).toEqual([
      file,
      expect.stringMatching(/^(In force|Amended|Replaced) \(\d{4}-\d{2}-\d{2}.*\)\./),
    ]);
  }
});
