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

interface ResourceOptions {
  /** Loads again so long after the last answer, ms, while the page is visible. */
  everyMs?: number;
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
  { everyMs, session = signedIn.value }: ResourceOptions = {},
): Resource<T> {
  const [state, setState] = useState<State<T>>(nothing);
  const [turn, setTurn] = useState(0);
  const newest = useRef(load);
  newest.current = load;
  const reload = () => setTurn((n) => n + 1);

  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    async function follow(): Promise<void> {
      do {
        const data = await keepTrying(() => newest.current(signal), { signal });
        if (signal.aborted) return;
        setState({ key, data, problem: null });
        if (everyMs !== undefined) await pause(everyMs, signal);
        while (document.hidden && everyMs !== undefined) await pause(everyMs, signal);
      } while (everyMs !== undefined);
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
  }, [key, turn, session, everyMs]);

  const { data, problem } = state.key === key ? state : nothing;
  return { data, problem, reload };
}
