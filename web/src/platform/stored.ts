import { type Signal, signal } from '@preact/signals';

/**
 * A value in localStorage, as a signal that follows the other tabs. A browser that refuses storage (private modes,
 * policies) gets one that lives as long as the page.
 */
interface Stored<T> {
  signal: Signal<T>;
  /** As it is in storage now, whatever this tab has been notified of. */
  read(): T;
  write(value: T): void;
}

const prefix = 'frontrow.';

export function stored<T>(name: string, initial: T): Stored<T> {
  const key = prefix + name;
  let memory: string | null = null;
  const read = (): T => {
    try {
      memory = localStorage.getItem(key);
    } catch {
      // What this tab wrote last is all there is.
    }
    return parse(memory, initial);
  };
  const value = signal(read());
  addEventListener('storage', (event) => {
    // No key: everything was cleared.
    if (event.key === key || event.key === null) value.value = read();
  });
  return {
    signal: value,
    read,
    write(next) {
      memory = JSON.stringify(next);
      try {
        localStorage.setItem(key, memory);
      } catch {
        // Full or forbidden: kept in memory.
      }
      value.value = next;
    },
  };
}

function parse<T>(text: string | null, initial: T): T {
  if (text === null) return initial;
  try {
    return JSON.parse(text) as T;
  } catch {
    return initial;
  }
}
