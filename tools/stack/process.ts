import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, spawnGuarded, stopChild } from './guarded-child';

/** A program that this process runs. */
export interface Running {
  process: ChildProcess;
  /** Its output. */
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
  /** Gets the log: `<name>.log`, and the last run's `<name>.log.old`. */
  folder: string;
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
  const log = join(folder, `${name}.log`);
  await mkdir(folder, { recursive: true });
  await rename(log, `${log}.old`).catch(() => undefined);
  const output = openSync(log, 'a');
  const child = spawnGuarded(program.command, program.args, { env: program.env, stdio: ['ignore', output, output] });
  closeSync(output);
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
      throw new Error(`${name} ${how}${failure && ` (${failure})`}. The log, ${log}, says:\n${await tail(log)}`);
    }
    await sleep(20);
  }
  return { process: child, log, stop: (signal = 'SIGTERM') => stopChild(child, signal, program.stopMs) };
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
