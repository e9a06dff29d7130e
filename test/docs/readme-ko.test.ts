import { parse } from './markdown';

const [english, korean] = [parse('README.md'), parse('README.ko.md')];

test('README.ko.md has the headings of README.md, in order and on the same levels', () => {
  expect(korean.headings.map(({ level }) => level)).toEqual(english.headings.map(({ level }) => level));
});

test('README.ko.md is written in Korean', () => {
  for (const { text } of korean.headings.slice(1)) expect(text).toMatch(/\p{Script=Hangul}/u);
});

test('README.ko.md has the code blocks of README.md, character for character', () => {
  expect(korean.blocks).toEqual(english.blocks);
});

test('README.ko.md has the tables of README.md, row for row', () => {
  const rows = (prose: string) => prose.split('\n').filter((line) => line.startsWith('|')).length;
  expect(rows(korean.prose)).toBe(rows(english.prose));
});
