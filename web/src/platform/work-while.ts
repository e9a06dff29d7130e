import { who } from './session';

type Work = (signal: AbortSignal) => Promise<void>;

/**
 * Works until the page is hidden: a hidden page gives its connection to the others, of which browsers allow six to a server.
 * @throws what the work threw, unless the page was hidden; the signal's reason
 */
export function whileVisible(signal: AbortSignal, work: Work): Promise<void> {
  return workUntil(signal, work, (stop) => {
    const hide = () => document.hidden && stop();
    document.addEventListener('visibilitychange', hide);
    return () => document.removeEventListener('visibilitychange', hide);
  });
}

/** Works until the session is another, or over: what is sent to one user is not for the next one. @throws as `whileVisible` */
export function whileSameSession(signal: AbortSignal, work: Work): Promise<void> {
  const token = who.peek()?.token;
  return workUntil(signal, work, (stop) => who.subscribe((session) => session?.token === token || stop()));
}

/** @param until starts to watch for the end. @returns how to stop that */
async function workUntil(signal: AbortSignal, work: Work, until: (stop: () => void) => () => void): Promise<void> {
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  signal.addEventListener('abort', abort);
  const unwatch = until(() => own.abort());
  try {
    signal.throwIfAborted();
    await work(own.signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!own.signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    unwatch();
  }
}
