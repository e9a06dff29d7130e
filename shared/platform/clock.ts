/** Whole milliseconds. `now()` is this machine's idea of the database's time: both offsets are added to the local clock. */
export interface Clock {
  now(): number;
  /** Database time minus local time, measured by `syncClock`. */
  skewMs: number;
  /** What tests add to everybody's time, the database's included. Zero in production. */
  offsetMs: number;
}

export function createClock(local: () => number = Date.now): Clock {
  const clock: Clock = { skewMs: 0, offsetMs: 0, now: () => local() + clock.skewMs + clock.offsetMs };
  return clock;
}
