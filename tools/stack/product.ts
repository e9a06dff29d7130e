import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { freePort } from './free-port';
import { launch, type Running } from './process';

/** A built module of the product as a process of its own. */
export interface NodeProcess extends Running {
  name: string;
  pid: number;
}

interface NodeOptions {
  name: string;
  /** Below dist/, such as `api/server.js`. */
  entry: string;
  env: NodeJS.ProcessEnv;
  /** Gets its log; without one, what it prints goes to stderr. */
  folder?: string;
  ready?(log: string): Promise<boolean>;
  stopMs?: number;
  /** Of Node. */
  flags?: string[];
}

export async function startNode(options: NodeOptions): Promise<NodeProcess> {
  const { name, entry, env, folder, ready = async () => true, stopMs = 10_000, flags = [] } = options;
  const log = folder === undefined ? '' : join(folder, `${name}.log`);
  const args = [...flags, join(projectRoot, 'dist', entry)];
  const program = { name, command: process.execPath, args, env, folder, stopMs, ready: () => ready(log) };
  const running = await launch(program);
  return { ...running, name, pid: running.process.pid ?? 0 };
}

type ProcessOptions = Omit<NodeOptions, 'name' | 'entry' | 'ready'> & { name?: string; url?: string };

export interface ApiProcess extends NodeProcess {
  url: string;
  port: number;
}

/** Runs an API process at PORT (any, if that is not set) and waits until it is ready. @param url when HOST is not 127.0.0.1 */
export async function startApi(options: ProcessOptions): Promise<ApiProcess> {
  const port = Number(options.env.PORT || 0) || (await freePort(0));
  const url = options.url ?? `http://127.0.0.1:${port}`;
  const ready = async () => (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  const env = { ...options.env, PORT: String(port) };
  return { ...(await startNode({ name: 'api', ...options, entry: 'api/server.js', env, ready })), url, port };
}

/** Runs a worker process. @param ready by default it is not waited for: commands wait in their lanes */
export function startWorkers(options: ProcessOptions & Pick<NodeOptions, 'ready'>): Promise<NodeProcess> {
  return startNode({ name: 'workers', ...options, entry: 'workers/main.js' });
}

/** Whether a process has logged a line with this message. */
export async function hasLogged(log: string, message: string): Promise<boolean> {
  return (await readFile(log, 'utf8').catch(() => '')).includes(`"msg":"${message}"`);
}

export interface Product {
  api: ApiProcess;
  workers: NodeProcess[];
  /** Where each worker shows its metrics. */
  metricsPorts: number[];
  stop(): Promise<void>;
}

/** One API process and some workers, ready for requests. What has started is ended when another one does not start. */
export async function startProduct(options: ProcessOptions, workerCount = 1): Promise<Product> {
  const metricsPorts = await Promise.all(Array.from({ length: workerCount }, () => freePort(0)));
  const workersToBe = metricsPorts.map((port, i) =>
    startWorkers({ ...options, name: `worker-${i + 1}`, env: { ...options.env, METRICS_PORT: String(port) } }),
  );
  const [api, ...workers] = await Promise.allSettled([startApi(options), ...workersToBe]);
  const up = [api, ...workers].flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const stop = async () => void (await Promise.all(up.map((each) => each.stop())));
  const failed = [api, ...workers].find((each) => each.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const [first, ...others] = up as [ApiProcess, ...NodeProcess[]];
  return { api: first, workers: others, metricsPorts, stop };
}
