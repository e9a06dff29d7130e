import { useEffect, useRef, useState } from 'preact/hooks';
import { pause } from '../platform/pause';
import { signedIn } from '../platform/session';
import { onWake } from '../platform/wake';
import { FrontrowError, hasCode } from './api';
import { keepTrying } from './keep-trying';

export interface Resource<T> {
  data: T | null;
  /** What no repeat would change, such as an unknown id. */
  problem: FrontrowError | null;
  reload(): void;
}

/** Of what comes to an end by its answer: null when there is nothing more to wait for. */
export type EveryMs<T> = number | ((data: T) => number | null);

interface ResourceOptions<T> {
  /** Loads again so long after the last answer, ms, while the page is visible. */
  everyMs?: EveryMs<T>;
  /** Whose data it is: another one loads it again. The signed-in user's by default. */
  session?: unknown;
}

interface State<T> {
  key: string | null;
  data: T | null;
  problem: FrontrowError | null;
}

const nothing = { key: null, data: null, problem: null };

/**
 * Data of the server. Keeps trying while the server is unreachable, loads again when the page wakes up and after signing in,
 * and shows meanwhile what it has.
 * @param key names what is loaded; another one starts anew. Null: nothing to load yet
 */
export function useResource<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  { everyMs, session = signedIn.value }: ResourceOptions<T> = {},
): Resource<T> {
  const [state, setState] = useState<State<T>>(nothing);
  const [turn, setTurn] = useState(0);
  const newest = useRef({ load, everyMs });
  newest.current = { load, everyMs };
  const reload = () => setTurn((n) => n + 1);

  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    async function follow(): Promise<void> {
      for (;;) {
        const data = await keepTrying(() => newest.current.load(signal), { signal });
        if (signal.aborted) return;
        setState({ key, data, problem: null });
        const { everyMs: every = null } = newest.current;
        const ms = typeof every === 'function' ? every(data) : every;
        if (ms === null) return;
        do await pause(ms, signal);
        while (document.hidden);
      }
    }
    follow().catch((error: unknown) => {
      // Signing in again loads it; until then the page shows that the session is over.
      if (signal.aborted || hasCode(error, 'UNAUTHENTICATED')) return;
      const problem = error instanceof FrontrowError ? error : new FrontrowError('INTERNAL_ERROR', { cause: error });
      setState((before) => ({ key, data: before.key === key ? before.data : null, problem }));
    });
    const stop = onWake(reload);
    return () => {
      stop();
      controller.abort();
    };
  }, [key, turn, session]);

  const { data, problem } = state.key === key ? state : nothing;
  return { data, problem, reload };
}
