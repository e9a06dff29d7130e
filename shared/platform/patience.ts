import { setTimeout as sleep } from 'node:timers/promises';

/** ms. */
const step = 50;

/**
 * Sleeps for so many ms in which this process could have taken an answer: while its event loop is blocked, answers lie unread,
 * and a store that is not late must not be taken for one.
 */
export async function patience(ms: number, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0; left -= step) await sleep(Math.min(step, left), undefined, { signal });
}
