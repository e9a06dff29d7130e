import { preferredWait } from '../../api/commands/wait-for-outcome';

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
  ['wait=99999999999', null],
])('Prefer: %s waits %s of at most 10 seconds', (header, seconds) => {
  expect(preferredWait(header, 10)).toBe(seconds);
});
