import { FrontrowError } from '../../client/src/errors';
import { boundedMs, pause } from '../../client/src/pause';
import { readProblem, retryAfter } from '../../client/src/problem-response';
import { retry, retryPauseMs } from '../../client/src/retry';

// A pause that is NaN, negative or longer than a timer can count ends at once: a retry becomes a storm.

const hourMs = 3_600_000;
const date = 'Sat, 28 Nov 2026 15:21:12 GMT';
const headers: [string, Record<string, string>, number | undefined][] = [
  ['seconds', { 'Retry-After': '7' }, 7],
  ['seconds between spaces', { 'Retry-After': ' 7 ' }, 7],
  ['a date, by the server’s own clock', { 'Retry-After': date, Date: 'Sat, 28 Nov 2026 15:20:42 GMT' }, 30],
  ['a date that is past', { 'Retry-After': date, Date: 'Sat, 28 Nov 2026 16:00:00 GMT' }, 0],
  ['a date of another year', { 'Retry-After': 'Sat, 28 Nov 2099 15:21:12 GMT' }, 3600],
  ['a date before 1970', { 'Retry-After': 'Mon, 01 Jan 1900 00:00:00 GMT' }, 0],
  ['more seconds than a timer counts', { 'Retry-After': '99999999999' }, 3600],
  ['more digits than a number holds', { 'Retry-After': '9'.repeat(400) }, 3600],
  ['a negative number', { 'Retry-After': '-5' }, undefined],
  ['words', { 'Retry-After': 'in a moment' }, undefined],
  ['NaN', { 'Retry-After': 'NaN' }, undefined],
  ['Infinity', { 'Retry-After': 'Infinity' }, undefined],
  ['two numbers', { 'Retry-After': '1, 2' }, undefined],
  ['nothing', { 'Retry-After': '' }, undefined],
  ['no header', {}, undefined],
];

test.each(headers)('Retry-After is %s', (_name, all, expected) => {
  const seconds = retryAfter(new Headers(all));
  // `Date.parse` makes dates of some texts that are none; then the pause is still within bounds.
  if (expected === undefined) expect([undefined, 0, 3600]).toContain(seconds);
  else expect(seconds).toBeCloseTo(expected, 0);
});

test.each(headers)(
  'every pause before a repeat is finite and at least its floor, whatever a header says: %s',
  async (_name, all) => {
    const error = await readProblem(new Response('<h1>Busy</h1>', { status: 503, headers: all }));
    for (const failures of [0, 1, 10, 2000]) {
      const ms = retryPauseMs(error, failures, { firstMs: 500, maxMs: 8000 });
      expect(ms).toBeGreaterThanOrEqual(250);
      expect(ms).toBeLessThanOrEqual(hourMs + 8000);
    }
  },
);

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 2 ** 31, 1e300, 0, 5])(
  'a pause of %d ms is one that a timer keeps',
  (ms) => {
    expect(boundedMs(ms)).toBeGreaterThanOrEqual(0);
    expect(boundedMs(ms)).toBeLessThanOrEqual(hourMs);
    if (Number.isNaN(ms) || ms > hourMs) expect(boundedMs(ms)).toBeGreaterThanOrEqual(1000);
  },
);

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e12])('a pause of %d ms does not end at once', async (ms) => {
  const controller = new AbortController();
  const ended = jest.fn();
  pause(ms, controller.signal).then(ended, () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 100));
  controller.abort();
  expect(ended).not.toHaveBeenCalled();
});

test('a server that is away for long is asked a few times, not thousands', async () => {
  const pauses: number[] = [];
  const error = new FrontrowError('SERVICE_UNAVAILABLE', { status: 503, retryAfterSeconds: Number.NaN });
  const attempts = retry(() => Promise.reject(error), {
    mayRepeat: () => pauses.length < 20,
    firstMs: 500,
    maxMs: 8000,
    pause: async (ms) => void pauses.push(ms),
  });
  await expect(attempts).rejects.toBe(error);
  expect(pauses).toHaveLength(20);
  for (const ms of pauses) expect(ms).toBeGreaterThanOrEqual(250);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(9000);
});
