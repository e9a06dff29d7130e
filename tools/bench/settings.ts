import { migrate } from '../operate/migrate/run-migrations';
import { startNode, startProduct } from '../stack/product';
import { runSettings } from '../stack/settings';

/** The settings of the measured processes: all of the run's settings, and what the caller's environment changes. */
export function benchSettings(mongodbUri: string, redisUrl: string): Record<string, string> {
  const uris = { MONGODB_URI: mongodbUri, REDIS_URL: redisUrl };
  return { ...runSettings({ NODE_ENV: 'development', LOG_LEVEL: 'warn', SHUTDOWN_SECONDS: '5' }), ...uris };
}

/** With BENCH_PROFILE set to a folder, each measured process leaves its CPU profile there (for Chrome's DevTools). */
const flags = () => {
  const { BENCH_PROFILE: folder } = process.env;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
};

const environment = (settings: Record<string, string>) => ({ ...process.env, ...settings });

/** One API process and some workers, on a database that is migrated for them. Their output is shown, unless it has a folder. */
export async function startMeasured(settings: Record<string, string>, workers = 1, folder?: string) {
  await migrate(settings.MONGODB_URI ?? '');
  return startProduct({ env: environment(settings), folder, flags: flags() }, workers);
}

/** A module of the bench itself as a process, which answers at a path of a port when it is ready. */
export function startBaseline(name: string, entry: string, port: number, path: string, settings = {}) {
  const env = environment({ ...settings, PORT: String(port) });
  const ready = async () => (await fetch(`http://127.0.0.1:${port}${path}`)).status < 500;
  return startNode({ name, entry, env, ready, flags: flags() });
}
