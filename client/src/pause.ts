/** `setTimeout` ends at once when it is given NaN or more than 24.8 days: such a pause turns a retry into a storm. */
const longestMs = 3_600_000;
const unknownMs = 1000;

/** A length of a pause that a timer can keep: finite, not negative, at most an hour. */
export function boundedMs(ms: number): number {
  return Number.isNaN(ms) ? unknownMs : Math.min(longestMs, Math.max(0, ms));
}

/**
 * Waits `ms`, within `boundedMs`. @throws the signal's reason as soon as it is aborted
 * @param onEarly registers what ends the pause before its time, and returns how to deregister it
 */
export function pause(ms: number, signal?: AbortSignal, onEarly?: (end: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      deregister?.();
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const abort = () => end(() => reject(signal?.reason));
    const timer = setTimeout(() => end(resolve), boundedMs(ms));
    const deregister = onEarly?.(() => end(resolve));
    signal?.addEventListener('abort', abort);
  });
}
