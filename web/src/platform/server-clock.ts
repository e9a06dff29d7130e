import { signal } from '@preact/signals';

/**
 * The server's time, without asking for it: every answer's `Date` has, to the second, what the server's clock showed
 * between the request's start and its end. Each narrows down how far this machine's clock is off.
 */
let minMs = Number.NEGATIVE_INFINITY;
let maxMs = Number.POSITIVE_INFINITY;
let offMs = 0;

/** Takes note of an answer. Times are ms since 1970 by this machine's clock. */
export function noteServerTime(sentAt: number, answeredAt: number, date: string | null): void {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server)) return;
  const from = server - answeredAt;
  const to = server + 1000 - sentAt;
  // They can't both be true: a clock was set, or this machine was asleep during the request.
  const contradicts = from > maxMs || to < minMs;
  minMs = contradicts ? from : Math.max(minMs, from);
  maxMs = contradicts ? to : Math.min(maxMs, to);
  offMs = (minMs + maxMs) / 2;
}

/** ms since 1970 by the server's clock, as far as it is known. */
export function serverNow(): number {
  return Date.now() + offMs;
}

/** Ticks four times a second while a component watches. */
export const tick = signal(0);
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** @returns how to stop watching */
export function watchClock(): () => void {
  watchers += 1;
  tick.value += 1;
  timer ??= setInterval(() => {
    tick.value += 1;
  }, 250);
  return () => {
    watchers -= 1;
    if (watchers > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
