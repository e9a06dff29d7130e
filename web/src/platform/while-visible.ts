/**
 * Works until the page is hidden: a hidden page gives its connection to the others, of which browsers allow six to a server.
 * @throws what the work threw, unless the page was hidden; the signal's reason
 */
export async function whileVisible(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const own = new AbortController();
  const abort = () => own.abort(signal.reason);
  const hide = () => document.hidden && own.abort();
  signal.addEventListener('abort', abort);
  document.addEventListener('visibilitychange', hide);
  try {
    signal.throwIfAborted();
    await work(own.signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!own.signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', abort);
    document.removeEventListener('visibilitychange', hide);
  }
}
