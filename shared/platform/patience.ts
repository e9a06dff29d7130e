/** ms. */
const step = 50;

/** A wait that may be over before its time. */
export interface Patience {
  /** Resolves when the time is over; never when it was stopped before. */
  over: Promise<void>;
  stop(): void;
}

/**
 * So many ms in which this process could have taken an answer: while its event loop is blocked, answers lie unread,
 * and a store that is not late must not be taken for one.
 */
export function patience(ms: number): Patience {
  let timer: NodeJS.Timeout;
  const over = new Promise<void>((resolve) => {
    const sleep = (left: number) => {
      timer = setTimeout(() => (left > step ? sleep(left - step) : resolve()), Math.min(step, left));
    };
    sleep(ms);
  });
  // Each write has one: a timer is cheaper than an AbortController, whose errors carry a stack.
  return { over, stop: () => clearTimeout(timer) };
}
