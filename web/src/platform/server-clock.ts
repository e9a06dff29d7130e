import { signal } from '@preact/signals';

/**
 * The server's time, without asking for it: every answer's `Date` says, to the second, what the server's clock showed
 * between the request's start and its end. Each narrows down how far this machine's clock is off.
 */
let leastMs = Number.NEGATIVE_INFINITY;
let mostMs = Number.POSITIVE_INFINITY;
let offMs = 0;

/** Takes note of an answer. Times are ms since 1970 by this machine's clock. */
export function noteServerTime(sentAt: number, answeredAt: number, date: string | null): void {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return;
  const from = server - answeredAt;
  const to = server + 1000 - sentAt;
  // They can't both be true: somebody has set a clock, or this machine was asleep during the request.
  const contradicts = from > mostMs || to < leastMs;
  leastMs = contradicts ? from : Math.max(leastMs, from);
  mostMs = contradicts ? to : Math.min(mostMs, to);
  offMs = (leastMs + mostMs) / 2;
}

/** ms since 1970 by the server's clock, as far as it is known. */
export function serverNow(): number {
  return Date.now() + offMs;
}

/** Ticks four times a second while somebody looks. */
export const tick = signal(0);
let lookers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** @returns how to stop looking */
export function watchClock(): () => void {
  lookers += 1;
  tick.value += 1;
  timer ??= setInterval(() => {
    tick.value += 1;
  }, 250);
  return () => {
    lookers -= 1;
    if (lookers > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
