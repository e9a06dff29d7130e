import { knownZone } from './times';

const minuteMs = 60_000;

/** A time by the clock of a zone, as a field of type `datetime-local` has it: `2030-06-21T19:30`. ISO 8601 in. */
export function wallClock(iso: string, zone: string): string {
  const at = Date.parse(iso);
  return new Date(at + offsetMs(at, zone)).toISOString().slice(0, 16);
}

/** The moment, in UTC, at which that clock shows it; null for what is no time, or empty. */
export function fromWallClock(text: string, zone: string): string | null {
  const shown = Date.parse(`${text}Z`);
  if (Number.isNaN(shown)) return null;
  // The offset at the guess may be that of the other side of a change of clocks: it is right at the second one.
  const guess = shown - offsetMs(shown, zone);
  return new Date(shown - offsetMs(guess, zone)).toISOString();
}

/** By how much the clock of the zone is ahead of UTC then. */
function offsetMs(at: number, zone: string): number {
  const options = { hourCycle: 'h23', timeZone: knownZone(zone), ...parts } as const;
  const shown = new Map(
    new Intl.DateTimeFormat('en', options).formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  const clock = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return clock - Math.floor(at / minuteMs) * minuteMs;
}

const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
