import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../../shared/platform/project-root';
import { hasEnded, spawnGuarded, stopChild } from '../../stack/process';
import type { Log } from './booking';

/** A server to talk to, and how to stop it if it was started for this. */
interface Server {
  url: string;
  stop(): Promise<void>;
}

const answerMs = 2000;
/** A first start may fetch its stores. */
const startMs = 10 * 60_000;
const stopMs = 30_000;

/**
 * The server at BASE_URL, else the one at PORT of this machine, else one started as `npm start` does.
 * @throws Error with the remedy
 */
export async function findServer(env: NodeJS.ProcessEnv, log: Log): Promise<Server> {
  const given = env.BASE_URL && (env.BASE_URL.includes('://') ? env.BASE_URL : `http://${env.BASE_URL}`);
  const url = (given || `http://127.0.0.1:${env.PORT || 3000}`).replace(/(\/v1)?\/*$/, '');
  const nobody = { url, stop: async () => undefined };
  const found = await whoAnswers(url);
  if (found === 'ready' || found === 'unready') return nobody;
  if (found === 'another')
    throw new Error(
      `What answers at ${url} is not Frontrow. Name the server (BASE_URL=http://…) or a free port (PORT=…).`,
    );
  if (env.BASE_URL) throw new Error(`Nothing answers at ${url}. Start that server, or unset BASE_URL.`);
  log(`Nothing answers at ${url}: starting a server, as npm start does.`);
  return { url, stop: await start(url, log) };
}

async function start(url: string, log: Log): Promise<() => Promise<void>> {
  const script = join(projectRoot, 'dist/tools/dev/start.js');
  const child = spawnGuarded(process.execPath, [script], { stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = () => stopChild(child, 'SIGTERM', stopMs);
  const deadline = performance.now() + startMs;
  while ((await whoAnswers(url)) !== 'ready') {
    if (hasEnded(child)) throw new Error('The server did not start; its own message is above.');
    if (performance.now() > deadline) {
      await stop();
      throw new Error('The server was not ready after ten minutes.');
    }
    await sleep(200);
  }
  return () => {
    log('\nStopping the server that was started for this.');
    return stop();
  };
}

/** `/readyz` of this product answers `{"status":"ok"}`, or a problem document while a store is away. */
async function whoAnswers(url: string): Promise<'ready' | 'unready' | 'another' | 'nobody'> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(answerMs) }).catch(() => null);
  if (!response) return 'nobody';
  const body: unknown = await response.json().catch(() => null);
  const isOurs = typeof body === 'object' && body !== null && 'status' in body && response.headers.has('x-request-id');
  if (!isOurs) return 'another';
  return response.ok ? 'ready' : 'unready';
}
