import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../shared/platform/project-root';
import { freePort } from '../../stack/stores/free-port';
import { openConnection } from '../load/connection';

export interface NodeProcess {
  name: string;
  pid: number;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** With BENCH_PROFILE set to a folder, each measured process leaves its CPU profile there (for Chrome's DevTools). */
const flags = () => {
  const { BENCH_PROFILE: folder } = process.env;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
};

/** A bench that fails leaves none of its processes behind. */
const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => void child.kill('SIGKILL')));

/** Runs a built module as a process of its own; what it writes to stderr and stdout is shown. */
export function startNode(name: string, module: string, env: Record<string, string>): NodeProcess {
  const child = spawn(process.execPath, [...flags(), join(projectRoot, 'dist', module)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 2, 2],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return {
    name,
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    stop: () => ended(child, 'SIGTERM'),
  };
}

export interface Stack {
  port: number;
  api: NodeProcess;
  workers: NodeProcess[];
  /** Where the workers show their metrics. */
  metricsPorts: number[];
  stop(): Promise<void>;
}

/** One API process and some workers, ready for requests. */
export async function startStack(settings: Record<string, string>, workerCount = 1): Promise<Stack> {
  const port = await freePort(0);
  const api = startNode('api', 'api/server.js', { ...settings, PORT: String(port) });
  const metricsPorts = await Promise.all(Array.from({ length: workerCount }, () => freePort(0)));
  const workers = metricsPorts.map((metricsPort, i) =>
    startNode(`worker ${i + 1}`, 'workers/main.js', { ...settings, METRICS_PORT: String(metricsPort) }),
  );
  await untilAnswers(port, '/readyz');
  return {
    port,
    api,
    workers,
    metricsPorts,
    stop: async () => void (await Promise.all([api, ...workers].map((each) => each.stop()))),
  };
}

export async function untilAnswers(port: number, path: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      const connection = await openConnection(port);
      const { status } = await connection.request('GET', path, {});
      connection.close();
      if (status < 500) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** CPU seconds that a process has used so far. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
