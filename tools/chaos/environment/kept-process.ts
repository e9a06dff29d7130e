import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../../shared/platform/project-root';
import { hasEnded } from '../../stack/stores/guarded-child';
import { howItEnded, launch, type Running, tail } from '../../stack/stores/launch';

/** An API or worker process that is started again whenever a scenario, or it itself, ends it. */
export interface KeptProcess {
  name: string;
  /** Of the present run: `worker-2.7` is the seventh. */
  runName(): string;
  pid(): number;
  /** False between the end of a run and the moment that the next one is ready. */
  isUp(): boolean;
  /** Ends it (SIGKILL at once, SIGTERM in its own time), starts the next run, and waits until that is ready. */
  restart(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Resolves when the present run is ready. */
  ready(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** The logs of all runs so far. */
  logs(): string[];
  stop(): Promise<void>;
}

export interface ProcessOptions {
  name: string;
  /** Below dist/, such as `api/server.js`. */
  entry: string;
  env: NodeJS.ProcessEnv;
  folder: string;
  ready(log: string): Promise<boolean>;
  /** Told when it ends although nobody asked it to. */
  onSurprise(what: string): void;
}

const stopMs = 30_000;

export async function keepProcess(options: ProcessOptions): Promise<KeptProcess> {
  const { name, folder, onSurprise } = options;
  const logs: string[] = [];
  let running: Running;
  let up = false;
  let expected = false;
  let stopped = false;
  let starting: Promise<void> = Promise.resolve();

  async function start(): Promise<void> {
    const runName = `${name}.${logs.length + 1}`;
    const log = join(folder, `${runName}.log`);
    logs.push(log);
    const args = [join(projectRoot, 'dist', options.entry)];
    const ready = () => options.ready(log);
    running = await launch({ name: runName, command: process.execPath, args, env: options.env, folder, stopMs, ready });
    expected = false;
    up = true;
    void watch(running);
  }

  async function watch(run: Running): Promise<void> {
    if (!hasEnded(run.process)) await once(run.process, 'exit');
    if (run !== running || expected || stopped) return;
    up = false;
    onSurprise(`${name} ended by itself (${howItEnded(run.process)}):\n${await tail(run.log)}`);
    starting = start();
    await starting.catch((error: Error) => onSurprise(error.message));
  }

  await start();
  return {
    name,
    runName: () => `${name}.${logs.length}`,
    pid: () => running.process.pid ?? 0,
    isUp: () => up,
    async restart(signal) {
      await starting;
      expected = true;
      up = false;
      starting = running.stop(signal).then(start);
      await starting;
    },
    ready: () => starting,
    freeze: () => void running.process.kill('SIGSTOP'),
    thaw: () => void running.process.kill('SIGCONT'),
    logs: () => [...logs],
    async stop() {
      stopped = true;
      await starting.catch(() => undefined);
      running.process.kill('SIGCONT');
      await running.stop();
    },
  };
}

/** Whether a process has logged a line with this message. */
export async function hasLogged(log: string, message: string): Promise<boolean> {
  return (await readFile(log, 'utf8').catch(() => '')).includes(`"msg":"${message}"`);
}
