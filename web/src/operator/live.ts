import { useEffect, useRef, useState } from 'preact/hooks';
import { FrontrowError } from '../api/api';
import { askedToWait, isTransient } from '../api/keep-trying';
import { backOff, pause } from '../platform/pause';
import { operator } from './api';

export interface Live<T> {
  data: T | null;
  /** What no repeat would change, such as an unknown id. */
  problem: FrontrowError | null;
  /** Looks at once, besides every so often. */
  reload(): void;
}

interface State<T> {
  key: string | null;
  data: T | null;
  problem: FrontrowError | null;
}

const nothing = { key: null, data: null, problem: null };

/**
 * Numbers that are read again `everyMs` after the last answer, while somebody looks. Shows what was heard last while the
 * server is away.
 * @param key names what is read; another one starts anew
 */
export function useLive<T>(key: string, load: (signal: AbortSignal) => Promise<T>, everyMs = 2000): Live<T> {
  const [state, setState] = useState<State<T>>(nothing);
  const [turn, setTurn] = useState(0);
  const newest = useRef(load);
  newest.current = load;
  const token = operator.value?.token;

  useEffect(() => {
    if (!token) return;
    const controller = new AbortController();
    const { signal } = controller;
    keepReading(
      (s) => newest.current(s),
      everyMs,
      signal,
      (data) => setState({ key, data, problem: null }),
    ).catch((error: unknown) => {
      if (signal.aborted) return;
      const problem = error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR', { cause: error });
      setState((before) => ({ key, data: before.key === key ? before.data : null, problem }));
    });
    return () => controller.abort();
  }, [key, turn, token, everyMs]);

  const { data, problem } = state.key === key ? state : nothing;
  return { data, problem, reload: () => setTurn((n) => n + 1) };
}

/** @throws what no repeat would change */
async function keepReading<T>(
  load: (signal: AbortSignal) => Promise<T>,
  everyMs: number,
  signal: AbortSignal,
  tell: (data: T) => void,
): Promise<never> {
  for (let failures = 0; ; ) {
    try {
      const data = await load(signal);
      signal.throwIfAborted();
      tell(data);
      failures = 0;
    } catch (error) {
      if (signal.aborted || !isTransient(error)) throw error;
      failures += 1;
      await pause(Math.max(askedToWait(error), backOff(failures)), signal);
      continue;
    }
    await pause(everyMs, signal);
    // The pause ends early when somebody looks again.
    while (document.hidden) await pause(60_000, signal);
  }
}
