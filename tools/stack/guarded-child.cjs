import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Waits on a pipe that the parent holds. A line means all is well, the child has ended; the pipe's end means that the
 * parent is gone, however it went, SIGKILL included: then the child is stopped, in the end by force.
 */
const guard = `
read -r line && exit 0
kill -TERM "$1" 2>/dev/null
i=0; while kill -0 "$1" 2>/dev/null && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
kill -KILL "$1" 2>/dev/null`;

/**
 * Starts a child that never outlives this process, in a session of its own, so that Ctrl-C in the terminal reaches this
 * process only and it can stop its children in the right order.
 */
export function spawnGuarded(command: string, args: string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  if (!child.pid) return child;
  const watcher = spawn('/bin/sh', ['-c', guard, 'guard', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => child.kill('SIGKILL'));
  watcher.stdin?.on('error', () => undefined);
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
  child.once('exit', () => watcher.stdin?.end('\n'));
  return child;
}

/** For a short-lived helper: ends it when this process exits first. */
export function endWithUs(child: ChildProcess): void {
  const end = () => void child.kill();
  process.once('exit', end);
  // A program that can't be started closes without an exit.
  child.once('close', () => process.off('exit', end));
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Sends the signal and waits for the end; after `deadlineMs` it is SIGKILL. Safe to repeat. */
export async function stopChild(child: ChildProcess, signal: NodeJS.Signals, deadlineMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  await ended;
  clearTimeout(timer);
}
