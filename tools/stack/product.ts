import { join } from 'node:path';
import { projectRoot } from '../../../shared/platform/project-root';
import { launch, type Running } from '../../stack/stores/launch';

const stopMs = 10_000;

/** Runs dist/api/server.js and waits until it answers. */
export function startApi(env: NodeJS.ProcessEnv, folder: string, url: string): Promise<Running> {
  return startNode('api', 'api/server.js', env, folder, async () => (await fetch(`${url}/readyz`)).ok);
}

export function startWorkers(env: NodeJS.ProcessEnv, folder: string): Promise<Running> {
  // Two processes on one machine can't share METRICS_PORT: the workers take the next.
  const port = Number(env.METRICS_PORT || 0);
  const own = port > 0 ? { ...env, METRICS_PORT: String(port + 1) } : env;
  return startNode('workers', 'workers/main.js', own, folder, async () => true);
}

function startNode(
  name: string,
  entry: string,
  env: NodeJS.ProcessEnv,
  folder: string,
  ready: () => Promise<boolean>,
): Promise<Running> {
  const args = [join(projectRoot, 'dist', entry)];
  return launch({ name, command: process.execPath, args, env, folder, stopMs, ready });
}
