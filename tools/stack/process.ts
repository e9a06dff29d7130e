import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, spawnGuarded, stopChild } from './guarded-child.cjs';

export { hasEnded, spawnGuarded, stopChild };

/** Shows a person what goes on, one line at a time. */
export type Log = (line: string) => void;

/** A program that this process runs. */
export interface Running {
  process: ChildProcess;
  /** The file of its output; empty when that goes to stderr. */
  log: string;
  /** Ends it and waits until it is gone; SIGTERM (the default) lets it finish what it does. Safe to repeat. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A store that this process runs. */
export interface Store extends Running {
  uri: string;
  port: number;
}

interface Program {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  /** Gets the log: `<name>.log`, and the last run's `<name>.log.old`. Without one, output goes to stderr. */
  folder?: string;
  /** How long SIGTERM may take before SIGKILL. */
  stopMs: number;
  /** Whether the program can be used now; throwing counts as not yet. */
  ready(): Promise<boolean>;
}

const startMs = 60_000;

/**
 * Starts a program that never outlives this process and waits until it is ready.
 * @throws Error with the end of its log when it ends instead, or is not ready after a minute
 */
export async function launch(program: Program): Promise<Running> {
  const { name, folder } = program;
  const log = folder === undefined ? '' : await openLog(folder, name);
  const output = log ? openSync(log, 'a') : 2;
  const child = spawnGuarded(program.command, program.args, { env: program.env, stdio: ['ignore', output, output] });
  if (log) closeSync(output);
  let failure = '';
  child.once('error', (error) => {
    failure = error.message;
  });
  const deadline = performance.now() + startMs;
  const notYet = (error: Error) => {
    if (!hasEnded(child)) failure = error.message;
    return false;
  };
  while (!(await program.ready().catch(notYet)) || hasEnded(child)) {
    const late = performance.now() > deadline;
    if (late) await stopChild(child, 'SIGKILL', program.stopMs);
    if (late || hasEnded(child)) {
      const how = late ? `was not ready after ${startMs / 1000} s` : `ended at start, ${howItEnded(child)}`;
      const said = log ? ` The log, ${log}, says:\n${await tail(log)}` : '';
      throw new Error(`${name} ${how}${failure && ` (${failure})`}.${said}`);
    }
    await sleep(20);
  }
  return { process: child, log, stop: (signal = 'SIGTERM') => stopChild(child, signal, program.stopMs) };
}

async function openLog(folder: string, name: string): Promise<string> {
  const log = join(folder, `${name}.log`);
  await mkdir(folder, { recursive: true });
  await rename(log, `${log}.old`).catch(() => undefined);
  return log;
}

/** CPU seconds that a process has used so far, by /proc. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** For a short-lived helper: ends it when this process exits first. */
export function endWithUs(child: ChildProcess): void {
  const end = () => void child.kill();
  process.once('exit', end);
  // A program that can't be started closes without an exit.
  child.once('close', () => process.off('exit', end));
}

export function howItEnded(child: ChildProcess): string {
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

/** What a log says last, indented: its errors, if it is one of JSON lines that has some, and its last lines. */
export async function tail(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).trimEnd().split('\n');
  const errors = lines.filter((line) => /"s":"[EF]"|"level":[56]0/.test(line));
  const telling = [...new Set([...errors.slice(-4), ...lines.slice(errors.length > 0 ? -2 : -8)])];
  return telling.map((line) => `    ${line.slice(0, 400)}`).join('\n');
}
