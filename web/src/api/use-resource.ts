import { useEffect, useRef, useState } from 'preact/hooks';
import { backOff, pause } from '../platform/pause';
import { signedIn } from '../platform/session';
import { onWake } from '../platform/wake';
import { FrontrowError, hasCode } from './api';
import { askedToWait, isTransient } from './keep-trying';

export interface Loaded<T> {
  data: T | null;
  /** What no repeat would change, such as an unknown id. */
  problem: FrontrowError | null;
  reload(): void;
}

/**
 * Data of the server. Keeps trying while it is away, looks again when the page wakes up and after signing in, and shows
 * what it has meanwhile.
 * @param key names what is loaded; another one starts anew. Null: nothing to load yet
 */
export function useResource<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ key: string | null; data: T | null; problem: FrontrowError | null }>(nothing);
  const [turn, setTurn] = useState(0);
  const newest = useRef(load);
  newest.current = load;
  const isSignedIn = signedIn.value;

  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    keepTrying(newest.current, signal).then(
      (data) => signal.aborted || setState({ key, data, problem: null }),
      (error: unknown) => {
        // Signing in again loads it; until then the session is what is to be told.
        if (signal.aborted || hasCode(error, 'UNAUTHENTICATED')) return;
        const problem = error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR', { cause: error });
        setState((before) => ({ key, data: before.key === key ? before.data : null, problem }));
      },
    );
    const stop = onWake(() => setTurn((n) => n + 1));
    return () => {
      stop();
      controller.abort();
    };
  }, [key, turn, isSignedIn]);

  const current = state.key === key ? state : nothing;
  return { data: current.data, problem: current.problem, reload: () => setTurn((n) => n + 1) };
}

const nothing = { key: null, data: null, problem: null };

async function keepTrying<T>(load: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load(signal);
    } catch (error) {
      if (signal.aborted || !isTransient(error)) throw error;
      await pause(Math.max(askedToWait(error), backOff(tries)), signal);
    }
  }
}

/** Loads again every so often while the page is looked at. */
export function useEvery(ms: number, reload: () => void): void {
  const newest = useRef(reload);
  newest.current = reload;
  useEffect(() => {
    const timer = setInterval(() => document.hidden || newest.current(), ms);
    return () => clearInterval(timer);
  }, [ms]);
}
