import { execFileSync } from 'node:child_process';

/**
 * Sends this process SIGTERM when npm, which started it, is gone, however it went: npm runs scripts through a shell, and
 * a signal sent to npm never reaches the script, nor does SIGKILL end the shell.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const npm = npmAbove(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}

/** Some shells become the script; then npm is the parent itself. */
function npmAbove(parent) {
  try {
    const parentLine = execFileSync('ps', ['-o', 'ppid=', '-o', 'args=', '-p', String(parent)], { encoding: 'utf8' });
    const [, above, args] = /^\s*(\d+)\s+(.*)/.exec(parentLine);
    return /\s-c\s/.test(args) ? Number(above) : parent;
  } catch {
    // No ps here: the end of the shell has to do.
    return parent;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
