/** What must be ended with the run, last begun first. */
export interface Closers {
  add(close: () => Promise<unknown>): void;
  /** Goes on past what fails. Safe to repeat. */
  close(): Promise<void>;
}

export function createClosers(): Closers {
  const all: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => void all.push(close),
    async close() {
      for (let close = all.pop(); close; close = all.pop()) await close().catch((error) => console.error(error));
    },
  };
}

/**
 * Rejects at Ctrl-C, at SIGTERM, and at an error that nobody caught. npm passes Ctrl-C on, so that it comes twice: the
 * second one changes nothing.
 */
export function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    process.on('uncaughtException', reject);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => reject(new Interrupted(signal)));
  });
}

export class Interrupted extends Error {}
