import { timesIn as makeTimes } from '../../web/src/i18n/times';

/** Versions of ICU differ in commas and in the kind of space. */
const plain = (text: string) => text.replaceAll(',', '').replaceAll(/\s/g, ' ');

/** As the pages have it, with times made plain. */
function timesIn(tag: string, own: string) {
  const { dateTime, shortDateTime, ownTime, ...others } = makeTimes(tag, own);
  return {
    ...others,
    dateTime: (...args: Parameters<typeof dateTime>) => plain(dateTime(...args)),
    shortDateTime: (...args: Parameters<typeof shortDateTime>) => plain(shortDateTime(...args)),
    ownTime(...args: Parameters<typeof ownTime>) {
      const own = ownTime(...args);
      return own && plain(own);
    },
  };
}

/** 19:30 in Seoul. */
const evening = '2030-06-21T10:30:00.000Z';

test('a time is that of the venue, with the name of its zone', () => {
  const { dateTime, shortDateTime, time } = timesIn('en-GB', 'America/Los_Angeles');
  expect(dateTime(evening, 'Asia/Seoul')).toBe('Friday 21 June 2030 at 19:30 Korean Standard Time');
  expect(shortDateTime(evening, 'Asia/Seoul')).toBe('21 Jun 2030 19:30 GMT+9');
  expect(time(evening, 'Asia/Seoul')).toBe('19:30');
  expect(dateTime(evening)).toBe('Friday 21 June 2030 at 03:30 Pacific Daylight Time');
});

test('in Korean, too', () => {
  const { dateTime, dateParts } = timesIn('ko', 'America/New_York');
  expect(dateTime(evening, 'Asia/Seoul')).toMatch(/^2030년 6월 21일 금요일 .*7:30 (한국|대한민국) 표준시$/);
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(dateParts(evening, 'Asia/Seoul', now)).toEqual({ weekday: '금요일', day: '21', month: '6월', year: '2030년' });
});

test.each([
  ['2030-03-09T00:30:00Z', 'Friday 8 March 2030 at 19:30 Eastern Standard Time', '8 Mar 2030 19:30 GMT−5'],
  ['2030-03-11T23:30:00Z', 'Monday 11 March 2030 at 19:30 Eastern Daylight Time', '11 Mar 2030 19:30 GMT−4'],
  // The hour that comes twice.
  ['2030-11-03T05:30:00Z', 'Sunday 3 November 2030 at 01:30 Eastern Daylight Time', '3 Nov 2030 01:30 GMT−4'],
  ['2030-11-03T06:30:00Z', 'Sunday 3 November 2030 at 01:30 Eastern Standard Time', '3 Nov 2030 01:30 GMT−5'],
])('summer time begins and ends where the venue is: %s', (iso, long, short) => {
  const { dateTime, shortDateTime } = timesIn('en-GB', 'Asia/Seoul');
  expect([dateTime(iso, 'America/New_York'), shortDateTime(iso, 'America/New_York')]).toEqual([long, short]);
});

test.each([
  ['the same zone', 'Asia/Seoul', 'Asia/Seoul', evening, null],
  ['another zone with the same clock', 'Asia/Tokyo', 'Asia/Seoul', evening, null],
  ['the day before', 'America/Los_Angeles', 'Asia/Seoul', evening, '21 Jun 2030 03:30 GMT−7'],
  ['another date', 'America/Los_Angeles', 'Asia/Seoul', '2030-06-21T03:00:00Z', '20 Jun 2030 20:00 GMT−7'],
  ['half an hour', 'Asia/Kolkata', 'Asia/Karachi', evening, '21 Jun 2030 16:00 GMT+5:30'],
  ['clocks that agree in winter, in summer', 'America/Denver', 'America/Phoenix', evening, '21 Jun 2030 04:30 GMT−6'],
  ['clocks that agree in winter, in winter', 'America/Denver', 'America/Phoenix', '2030-12-21T10:30:00Z', null],
])("the viewer's time is there where it differs: %s", (_what, own, zone, iso, expected) => {
  expect(timesIn('en-GB', own).ownTime(iso, zone)).toBe(expected);
});

test.each([
  ['this year', evening, '2030-01-01T12:00:00Z', null],
  ['another year', evening, '2026-11-28T12:00:00Z', '2030'],
  // New Year's Day in Seoul, at 01:00: 16:00 of the day before by UTC.
  ['next year there, this year here', '2030-12-31T16:00:00Z', '2030-12-31T14:00:00Z', '2031'],
  ['this year there, next year here', '2030-12-31T16:00:00Z', '2030-12-31T15:30:00Z', null],
])('the year is there where it is not this one, by the clock of the venue: %s', (_what, iso, now, expected) => {
  const { dateParts } = timesIn('en-GB', 'America/New_York');
  expect(dateParts(iso, 'Asia/Seoul', Date.parse(now)).year).toBe(expected);
});

test('a date is that of the venue, not of the viewer', () => {
  const { dateParts } = timesIn('en-GB', 'America/Los_Angeles');
  const early = dateParts('2030-06-20T23:00:00Z', 'Asia/Seoul', Date.parse(evening));
  expect(early).toEqual({ weekday: 'Friday', day: '21', month: 'Jun', year: null });
});

test('a zone that this system does not know is shown by UTC, and named so', () => {
  const { dateTime, ownTime } = timesIn('en-GB', 'Asia/Seoul');
  expect(dateTime(evening, 'Mars/Olympus_Mons')).toBe('Friday 21 June 2030 at 10:30 Coordinated Universal Time');
  expect(ownTime(evening, 'Mars/Olympus_Mons')).toBe('21 Jun 2030 19:30 GMT+9');
});
