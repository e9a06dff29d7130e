import type { Logger } from './logger';

/** Closes what was opened, in reverse order. */
export interface Lifecycle {
  /** True from the moment the process gets the signal to end: it is not ready any more, though it still serves. */
  stopping: boolean;
  /** Registers how to close something, right where it is opened. */
  onClose(name: string, close: () => unknown): void;
  /** Closes everything once; a close that fails or takes longer than `deadlineMs` is logged and skipped. */
  close(deadlineMs?: number): Promise<void>;
}

export function createLifecycle(logger: Logger): Lifecycle {
  const closers: { name: string; close: () => unknown }[] = [];
  return {
    stopping: false,
    onClose: (name, close) => void closers.push({ name, close }),
    async close(deadlineMs = 10_000) {
      for (let next = closers.pop(); next; next = closers.pop()) {
        const { name, close } = next;
        await withDeadline(Promise.resolve().then(close), deadlineMs).catch((error: unknown) =>
          logger.warn({ name, error }, 'did not close in order'),
        );
      }
    },
  };
}

async function withDeadline(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not closed after ${ms} ms`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
