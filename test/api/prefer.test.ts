import { preferredWait } from '../../api/http/prefer';

test.each([
  [undefined, null],
  ['', null],
  ['wait=5', 5],
  ['wait=0', 0],
  ['Wait = "7"', 7],
  ['respond-async, wait=3', 3],
  ['wait=3; foo=bar', 3],
  ['wait=600', 10],
  ['wait=2, wait=9', 2],
  ['wait', null],
  ['wait=-1', null],
  ['wait=1.5', null],
  ['wait=five', null],
  ['await=5', null],
  ['wait=99999999999', 10],
  ['foo="a,wait=1", wait=4', 4],
  ['foo="a\\",wait=1", wait=4', 4],
  ['foo; bar="x,wait=1"; baz, wait=4', 4],
  ['foo; wait=5', null],
  ['foo=";", wait=6', 6],
  [', ,wait=3', 3],
  ['foo="a, wait=1', null],
  ['(broken), wait=2', 2],
  [`wait${' '.repeat(50_000)}`, null],
  [`${'a=",'.repeat(10_000)}`, null],
])('Prefer: %s waits %s of at most 10 seconds', (header, seconds) => {
  expect(preferredWait(header, 10)).toBe(seconds);
});
