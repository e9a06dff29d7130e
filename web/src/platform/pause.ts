import { onWake } from './wake';

/** Waits `ms`, or less when the page wakes up. @throws the signal's reason as soon as it is aborted */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      stop();
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const abort = end(() => reject(signal?.reason));
    const done = end(resolve);
    const stop = onWake(done);
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', abort);
  });
}

/** ms before try number `tries` (1, 2, …): doubling up to `mostMs`, half of it random, so that many don't come back at once. */
export function backOff(tries: number, mostMs = 8000): number {
  return Math.min(mostMs, 500 * 2 ** (tries - 1)) * (0.5 + Math.random() / 2);
}
