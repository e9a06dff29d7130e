import { randomBytes } from 'node:crypto';
import { startApi, startWorkers } from '../dev/start/processes';
import { freePort } from '../stack/stores/free-port';
import { startTestStores } from '../stack/stores-for-tests';

/** An API and a worker process on stores of their own. */
export interface Product {
  url: string;
  adminPassword: string;
  /** Addresses of the metrics by the name of the process. */
  targets: Record<string, string>;
  stop(): Promise<void>;
}

/** What a sale of minutes, by people of one address, needs; all else is as by default. */
const settings = {
  ...{ HOST: '127.0.0.1', NODE_ENV: 'development', LOG_LEVEL: 'info', SIGN_IN: 'true' },
  ...{ RATE_LIMIT_ADDRESS: '1000000', AUDIT_EVERY_MINUTES: '1' },
  // Some of those who think for long are too late.
  HOLD_SECONDS: '10',
};

/** @param folder for logs */
export async function startProduct(folder: string, say: (line: string) => void): Promise<Product> {
  const stores = await startTestStores(say);
  const stops = [() => stores.stop()];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  const secret = () => randomBytes(24).toString('hex');
  const [port, metrics] = [await freePort(0), await freePort(0)];
  const adminPassword = secret();
  const env = {
    ...{ PATH: process.env.PATH, ...settings, PORT: String(port), METRICS_PORT: String(metrics) },
    ...{ JWT_SECRET: secret(), QUEUE_TOKEN_SECRET: secret(), ADMIN_PASSWORD: adminPassword },
    ...{ MONGODB_URI: withDatabase(stores.mongodbUri), REDIS_URL: stores.redisUrl },
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    const workers = await startWorkers(env, folder);
    stops.push(() => workers.stop());
    const api = await startApi(env, folder, url);
    stops.push(() => api.stop());
  } catch (error) {
    await stop();
    throw error;
  }
  const targets = { api: `127.0.0.1:${metrics}`, workers: `127.0.0.1:${metrics + 1}` };
  return { url, adminPassword, targets, stop };
}

function withDatabase(uri: string): string {
  const url = new URL(uri);
  url.pathname = '/dashboard';
  return url.href;
}
