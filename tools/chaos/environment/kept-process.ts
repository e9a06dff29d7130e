import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../stack/free-port';
import { hasEnded, howItEnded, type Running, tail } from '../../stack/process';
import { hasLogged, startApi, startWorkers } from '../../stack/product';

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

export interface KeptApi extends KeptProcess {
  /** `http://127.0.0.1:…` */
  url: string;
}

interface ProcessOptions {
  env: NodeJS.ProcessEnv;
  folder: string;
  /** Called when it ends although nobody asked it to. */
  onUnexpectedEnd(what: string): void;
}

const stopMs = 30_000;

export async function keepApi(number: number, { env, ...options }: ProcessOptions): Promise<KeptApi> {
  const port = await freePort(0);
  const own = { ...env, PORT: String(port) };
  const start = (name: string) => startApi({ name, env: own, folder: options.folder, stopMs });
  return { ...(await keepProcess(`api-${number}`, start, options)), url: `http://127.0.0.1:${port}` };
}

export function keepWorker(number: number, { env, ...options }: ProcessOptions): Promise<KeptProcess> {
  const ready = (log: string) => hasLogged(log, 'carrying out commands');
  const start = (name: string) => startWorkers({ name, env, folder: options.folder, ready, stopMs });
  return keepProcess(`worker-${number}`, start, options);
}

async function keepProcess(
  name: string,
  startRun: (runName: string) => Promise<Running>,
  { folder, onUnexpectedEnd }: Omit<ProcessOptions, 'env'>,
): Promise<KeptProcess> {
  const logs: string[] = [];
  let running: Running;
  let up = false;
  let expected = false;
  let stopped = false;
  let starting: Promise<void> = Promise.resolve();

  async function start(): Promise<void> {
    const runName = `${name}.${logs.length + 1}`;
    logs.push(join(folder, `${runName}.log`));
    running = await startRun(runName);
    expected = false;
    up = true;
    void watch(running);
  }

  async function watch(run: Running): Promise<void> {
    if (!hasEnded(run.process)) await once(run.process, 'exit');
    if (run !== running || expected || stopped) return;
    up = false;
    onUnexpectedEnd(`${name} ended by itself (${howItEnded(run.process)}):\n${await tail(run.log)}`);
    starting = start();
    await starting.catch((error: Error) => onUnexpectedEnd(error.message));
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
