/**
 * Sends this process SIGTERM when npm, which started it, is gone: npm runs scripts through a shell, and a signal sent to
 * npm ends npm and that shell, but never reaches the script.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}
