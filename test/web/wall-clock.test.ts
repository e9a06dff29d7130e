import { fromWallClock, wallClock } from '../../web/src/i18n/wall-clock';

test.each([
  ['2030-06-21T10:30:00.000Z', 'Asia/Seoul', '2030-06-21T19:30'],
  ['2030-06-21T20:00:00.000Z', 'Asia/Seoul', '2030-06-22T05:00'],
  ['2030-06-21T17:30:00.000Z', 'Europe/Berlin', '2030-06-21T19:30'],
  ['2030-12-21T18:30:00.000Z', 'Europe/Berlin', '2030-12-21T19:30'],
  ['2030-12-31T23:30:00.000Z', 'Asia/Kolkata', '2031-01-01T05:00'],
  ['2030-01-01T02:00:00.000Z', 'America/New_York', '2029-12-31T21:00'],
])('%s in %s is %s by its clock, and the other way round', (iso, zone, clock) => {
  expect(wallClock(iso, zone)).toBe(clock);
  expect(fromWallClock(clock, zone)).toBe(iso);
});

test('an hour that comes twice is one of its two moments, and an hour that is left out becomes one beside it', () => {
  const autumn = fromWallClock('2030-10-27T02:30', 'Europe/Berlin');
  expect(['2030-10-27T00:30:00.000Z', '2030-10-27T01:30:00.000Z']).toContain(autumn);
  expect(wallClock(autumn ?? '', 'Europe/Berlin')).toBe('2030-10-27T02:30');
  const spring = fromWallClock('2030-03-31T02:30', 'Europe/Berlin');
  expect(['2030-03-31T00:30:00.000Z', '2030-03-31T01:30:00.000Z']).toContain(spring);
});

test('every minute of a day on which clocks change comes back as it went in', () => {
  for (const day of ['2030-03-31', '2030-10-27']) {
    for (let minute = 0; minute < 24 * 60; minute += 15) {
      const iso = new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000).toISOString();
      const clock = wallClock(iso, 'Europe/Berlin');
      expect(wallClock(fromWallClock(clock, 'Europe/Berlin') ?? '', 'Europe/Berlin')).toBe(clock);
    }
  }
});

test.each(['', 'soon', '2030-13-01T10:00'])('%j is no time', (text) => {
  expect(fromWallClock(text, 'Asia/Seoul')).toBeNull();
});
