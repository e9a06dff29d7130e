import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { openContext } from '../../shared/context';
import { loadConfig } from '../../shared/platform/config';
import { projectRoot } from '../../shared/platform/project-root';
import { migrate } from '../operate/migrate/run-migrations';
import { takeLock } from '../stack/lock.cjs';
import { startApi, startWorkers } from '../stack/product';
import { type Supervision, supervise } from '../stack/supervise';
import { seedDemo } from './seed-demo';
import { startProvider } from './start/provider';
import { settle } from './start/settings';
import { openMongod, openRedisServer } from './start/stores';

const folder = join(projectRoot, '.frontrow');
const secretsFile = join(folder, 'secrets.env');
const storesFile = join(folder, 'stores.env');

type Stop = () => unknown;

/** Starts everything in order; pushes onto `stops` how to stop it, to be done in reverse order. */
async function start(stops: Stop[], supervision: Supervision): Promise<void> {
  const { log } = supervision;
  process.chdir(projectRoot);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new Error(
      `Can't write to ${projectRoot} (${code}), where data and logs go. Start from a folder of your own.`,
    );
  });
  const about = `Frontrow is already running from this folder (process ${process.pid}). Stop that one first.`;
  const refuse = (holder: string) => {
    throw new Error(holder);
  };
  stops.push(await takeLock('.frontrow/start.sock', refuse, about));
  const { env, url } = await settle(process.env, secretsFile);

  const opened = await Promise.allSettled([
    openMongod(env, join(folder, 'mongod'), supervision),
    openRedisServer(env, join(folder, 'redis'), supervision),
  ]);
  for (const store of opened) if (store.status === 'fulfilled') stops.push(store.value.stop);
  const [mongod, redisServer] = opened;
  if (mongod.status === 'rejected') throw mongod.reason;
  if (redisServer.status === 'rejected') throw redisServer.reason;
  const full = { ...env, MONGODB_URI: mongod.value.uri, REDIS_URL: redisServer.value.uri };

  const { MONGODB_URI, REDIS_URL } = full;
  // For tools that are started beside it.
  await writeFile(storesFile, `MONGODB_URI=${MONGODB_URI}\nREDIS_URL=${REDIS_URL}\n`, { mode: 0o600 });
  await migrate(full.MONGODB_URI, { print: (line) => log(`migration ${line}`) });
  log('seeding the demo concert');
  await seed(full);
  if (env.PROVIDER_PORT) {
    const provider = await supervise('provider', () => startProvider(full, folder, url), supervision);
    stops.push(provider.stop);
  }
  log('starting workers and API');
  const workers = await supervise('workers', () => startWorkers({ env: forWorkers(full), folder }), supervision);
  stops.push(workers.stop);
  const api = await supervise('api', () => startApi({ env: full, folder, url }), supervision);
  stops.push(api.stop);
  log('ready');
  announce(url, full);
}

/** Two processes on one machine can't share METRICS_PORT: the workers take the next. */
function forWorkers(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const port = Number(env.METRICS_PORT || 0);
  return port > 0 ? { ...env, METRICS_PORT: String(port + 1) } : env;
}

async function seed(env: NodeJS.ProcessEnv): Promise<void> {
  const context = await openContext({ ...loadConfig(env), LOG_LEVEL: 'warn' }, 'start');
  await seedDemo(context).finally(() => context.lifecycle.close());
}

function announce(url: string, { MONGODB_URI, REDIS_URL }: Record<string, string | undefined>): void {
  const password = process.env.ADMIN_PASSWORD
    ? 'your ADMIN_PASSWORD'
    : `ADMIN_PASSWORD in ${relative('.', secretsFile)}`;
  console.log(`
Frontrow is running.

  Page    ${url}
  API     ${url}/v1
  Docs    ${url}/docs
  Board   ${url}/board (user admin, password: ${password})
  Sales   ${url}/operator (for operators, the same password)
  Stores  ${MONGODB_URI}
          ${REDIS_URL}
  Try it  npm run demo, in another terminal

Data and logs are in ${relative('.', folder)}/. Ctrl-C stops everything.
`);
}

async function main(): Promise<void> {
  const started = performance.now();
  const log = (line: string) => console.log(`[${((performance.now() - started) / 1000).toFixed(1)} s] ${line}`);
  const stops: Stop[] = [];
  let ending: Promise<never> | undefined;
  async function stopAll(code: number): Promise<never> {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
    process.exit(code);
  }
  const end = (reason: string, code: number) => {
    if (!ending) log(reason);
    ending ??= stopAll(code);
  };
  // npm passes signals on, so that Ctrl-C arrives twice; a closed terminal must not stop the stopping.
  process.stdout.on('error', () => undefined);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => end(`${signal}: stopping the API, then the workers, then the stores`, 0));
  const supervision = { log, giveUp: (reason: string) => end(`Giving up: ${reason}`, 1) };
  await start(stops, supervision).catch((error: Error) => end(error.message, 1));
}

void main();
