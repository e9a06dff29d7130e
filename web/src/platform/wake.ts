/** A timer that comes this much later than it should, ms, was asleep with its machine. */
const asleepMs = 10_000;
const heartbeatMs = 2000;
/** Several of these come together. */
const quietMs = 250;

const listeners = new Set<() => void>();
let lastHeartbeat = Date.now();
let lastWake = 0;

function wake(): void {
  if (document.hidden || Date.now() - lastWake < quietMs) return;
  lastWake = Date.now();
  for (const listener of [...listeners]) listener();
}

document.addEventListener('visibilitychange', wake);
addEventListener('online', wake);
// A page that Back brings up from the browser's own cache.
addEventListener('pageshow', (event) => event.persisted && wake());
setInterval(() => {
  const now = Date.now();
  if (now - lastHeartbeat > asleepMs) wake();
  lastHeartbeat = now;
}, heartbeatMs);

/** Calls when what is shown may be old: the page is visible again, the network is back, the machine has slept. @returns how to stop */
export function onWake(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
