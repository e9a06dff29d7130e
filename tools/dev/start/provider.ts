import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { portFor } from '../../stack/free-port';
import { hasLogged, type NodeProcess, startNode } from '../../stack/product';

/** Settings that make the product sell points through a provider process of ours; none where another one is, or none is wanted. */
export async function providerSettings(given: NodeJS.ProcessEnv, folder: string): Promise<Record<string, string>> {
  if (given.STRIPE_SECRET_KEY || given.CHARGES === 'service' || given.NODE_ENV === 'production') return {};
  const port = String(await portFor(folder));
  return {
    PROVIDER_PORT: port,
    STRIPE_API_URL: `http://127.0.0.1:${port}`,
    STRIPE_SECRET_KEY: `sk_test_${randomBytes(16).toString('hex')}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(16).toString('hex')}`,
  };
}

/** A payment provider for trying things out, which reports to the API at `url` what was paid. */
export function startProvider(env: NodeJS.ProcessEnv, folder: string, url: string): Promise<NodeProcess> {
  const own = {
    PROVIDER_FILE: join(folder, 'provider', 'account.json'),
    WEBHOOK_URL: `${url}/v1/providers/stripe/events`,
  };
  const ready = (log: string) => hasLogged(log, 'provider ready');
  return startNode({ name: 'provider', entry: 'tools/provider.js', env: { ...env, ...own }, folder, ready });
}
