/** How times are written: those of a venue by the clock there, and the viewer's own. ISO 8601 in. */
export interface Times {
  /** `Friday, 21 June 2030 at 19:30 Korean Standard Time`. */
  dateTime(iso: string, zone?: string): string;
  /** `21 Jun 2030, 19:30 GMT+9`. */
  shortDateTime(iso: string, zone?: string): string;
  /** `19:30`. */
  time(iso: string, zone?: string): string;
  /** `Korean Standard Time`, as it is called at that time of the year. */
  zoneName(iso: string, zone: string): string;
  /** The parts of a date. @param now ms since 1970; null is the year if that is in it, by the same clock */
  dateParts(
    iso: string,
    zone: string,
    now: number,
  ): { weekday: string; day: string; month: string; year: string | null };
  /** The viewer's time; null where both clocks show the same. */
  ownTime(iso: string, zone: string): string | null;
}

const long = {
  weekday: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const;
const short = { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;

/**
 * @param tag of the language and region
 * @param own the viewer's time zone; that of the browser by default, as for every zone that is left out
 */
export function timesIn(tag: string, own?: string): Times {
  const made = new Map<string, Intl.DateTimeFormat>();

  function formatIn(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify([zone, options]);
    const format = made.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: knownZone(zone) });
    made.set(key, format);
    return format;
  }

  const write = (iso: string, zone: string | undefined, options: Intl.DateTimeFormatOptions) =>
    // With a minus: lines break after hyphens.
    formatIn(zone, options).format(new Date(iso)).replace('GMT-', 'GMT\u2212');
  const part = (
    iso: string | number,
    zone: string,
    type: Intl.DateTimeFormatPartTypes,
    options: Intl.DateTimeFormatOptions,
  ) =>
    formatIn(zone, options)
      .formatToParts(new Date(iso))
      .find((one) => one.type === type)?.value ?? '';
  const shortDateTime = (iso: string, zone = own) => write(iso, zone, { ...short, timeZoneName: 'short' });
  const yearOf = (iso: string | number, zone: string) => part(iso, zone, 'year', { year: 'numeric' });

  return {
    dateTime: (iso, zone = own) => write(iso, zone, { ...long, timeZoneName: 'long' }),
    shortDateTime,
    time: (iso, zone = own) => write(iso, zone, { hour: 'numeric', minute: '2-digit' }),
    zoneName: (iso, zone) => part(iso, zone, 'timeZoneName', { timeZoneName: 'long' }),
    dateParts(iso, zone, now) {
      return {
        weekday: write(iso, zone, { weekday: 'long' }),
        // A day alone would be `21일` in Korean.
        day: part(iso, zone, 'day', { day: 'numeric' }),
        month: write(iso, zone, { month: 'short' }),
        year: yearOf(iso, zone) === yearOf(now, zone) ? null : write(iso, zone, { year: 'numeric' }),
      };
    },
    ownTime: (iso, zone) => (write(iso, zone, short) === write(iso, own, short) ? null : shortDateTime(iso)),
  };
}

const known = new Map<string, string>();

/** A zone that the server's system knows and this one does not: the time is right by UTC, and named so. */
export function knownZone(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  let name = known.get(zone);
  if (name === undefined) {
    try {
      name = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    } catch {
      name = 'UTC';
    }
    known.set(zone, name);
  }
  return name;
}
