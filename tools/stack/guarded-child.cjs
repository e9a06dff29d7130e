// Plain JavaScript, since it also runs before anything is installed or built.
const { spawn } = require('node:child_process');
const { once } = require('node:events');

/**
 * Waits on a pipe that the parent holds. A line means all is well, the child has ended; the pipe's end means that the
 * parent is gone, however it went, SIGKILL included: then the child and what it started is stopped, in the end by force.
 */
const guard = `
read -r line && exit 0
kill -TERM "-$1" 2>/dev/null
i=0; while kill -0 "-$1" 2>/dev/null && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
kill -KILL "-$1" 2>/dev/null`;

/**
 * Starts a child that never outlives this process, in a session of its own, so that Ctrl-C in the terminal reaches this
 * process only and it can stop its children in the right order.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {import('node:child_process').ChildProcess}
 */
function spawnGuarded(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: true });
  if (!child.pid) return child;
  const watcher = spawn('/bin/sh', ['-c', guard, 'guard', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => child.kill('SIGKILL'));
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  watcher.stdin.unref();
  child.once('exit', () => watcher.stdin.end('\n'));
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {boolean}
 */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/**
 * Sends the signal and waits for the end; after `deadlineMs` it is SIGKILL. Safe to repeat.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @param {number} deadlineMs
 * @returns {Promise<void>}
 */
async function stopChild(child, signal, deadlineMs) {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  await ended;
  clearTimeout(timer);
}

module.exports = { spawnGuarded, hasEnded, stopChild };
