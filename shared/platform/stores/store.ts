import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, spawnGuarded, stopChild } from './guarded-child';

/** A store that this process runs. */
export interface Store {
  uri: string;
  port: number;
  process: ChildProcess;
  /** Ends it and waits until it is gone; SIGTERM (the default) lets it write everything down first. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const startMs = 60_000;
const stopMs = 20_000;

interface StoreCommand {
  name: string;
  binary: string;
  args: string[];
  folder: string;
  /** Answers whether the store can be used now; throws while it does not answer at all. */
  ready(): Promise<boolean>;
}

/** Starts a store with its output in `<folder>/<name>.log` (the last run's in `.log.old`) and waits until it is ready. */
export async function launch(command: StoreCommand): Promise<Pick<Store, 'process' | 'stop'>> {
  const log = join(command.folder, `${command.name}.log`);
  await rename(log, `${log}.old`).catch(() => undefined);
  const output = openSync(log, 'a');
  const child = spawnGuarded(command.binary, command.args, { cwd: command.folder, stdio: ['ignore', output, output] });
  closeSync(output);
  let failure = '';
  child.once('error', (error) => {
    failure = error.message;
  });
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => stopChild(child, signal, stopMs);
  const deadline = performance.now() + startMs;
  while (!(await command.ready().catch(() => false))) {
    const late = performance.now() > deadline;
    if (late) await stop('SIGKILL');
    if (late || hasEnded(child)) {
      const how = late ? `was not ready after ${startMs / 1000} s` : `ended at start (${failure || endOf(child)})`;
      throw new Error(`${command.name} ${how}. The end of ${log}:\n${await tail(log)}`);
    }
    await sleep(20);
  }
  return { process: child, stop };
}

function endOf(child: ChildProcess): string {
  return child.signalCode ?? `exit code ${child.exitCode}`;
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .trimEnd()
    .split('\n')
    .slice(-8)
    .map((line) => `    ${line.slice(0, 400)}`)
    .join('\n');
}
