import { type Signal, signal } from '@preact/signals';

/** A value in localStorage, as a signal that follows the other tabs. */
interface Stored<T> {
  signal: Signal<T>;
  /** As it is in storage now, whatever this tab has been notified of. */
  read(): T;
  write(value: T): void;
}

const prefix = 'frontrow.';

/**
 * A browser that refuses storage (private modes, policies), or has no room left in it, gets a value that lives as long as the
 * page. What has another shape (of another version, of another page of this host) counts as nothing.
 */
export function stored<T>(name: string, initial: T, isValid: (value: unknown) => boolean): Stored<T> {
  const key = prefix + name;
  let memory: string | null = null;
  /** What this tab wrote last is not in storage. */
  let isRefused = false;
  const read = (): T => {
    try {
      if (!isRefused) memory = localStorage.getItem(key);
    } catch {
      // What this tab wrote last is all there is.
    }
    const value = parse(memory);
    return isValid(value) ? (value as T) : initial;
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
        isRefused = false;
      } catch {
        isRefused = true;
      }
      value.value = next;
    },
  };
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with these fields, of these types. */
export function withFields(fields: Record<string, 'string' | 'number' | 'object'>) {
  return (value: unknown): boolean =>
    isObject(value) &&
    Object.entries(fields).every(([name, type]) => typeof value[name] === type && value[name] !== null);
}

/** An object whose values are all such. */
export function recordOf(isEntry: (value: unknown) => boolean) {
  return (value: unknown): boolean => isObject(value) && Object.values(value).every(isEntry);
}

export function orNull(isOther: (value: unknown) => boolean) {
  return (value: unknown): boolean => value === null || isOther(value);
}
