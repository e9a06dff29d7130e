import { isTimeZone } from '../../shared/platform/time-zone';

test.each([
  'Asia/Seoul',
  'America/Argentina/Buenos_Aires',
  'America/Port-au-Prince',
  'Etc/GMT-9',
  'UTC',
  'Europe/Kyiv',
])('%s is a time zone', (name) => {
  expect(isTimeZone(name)).toBe(true);
});

test.each([
  '',
  'Seoul',
  'KST',
  'asia/seoul',
  'ASIA/SEOUL',
  '+09:00',
  'GMT+9',
  'UTC+9',
  'Asia/Seoul ',
  'Etc/Unknown',
  '../UTC',
])('%j is none', (name) => {
  expect(isTimeZone(name)).toBe(false);
});
