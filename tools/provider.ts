import { once } from 'node:events';
import { createProvider } from './provider/server';

/**
 * The provider as a process of its own. PROVIDER_PORT: where; WEBHOOK_URL: where it sends events; PROVIDER_FILE: what it keeps;
 * STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET: those of the product that it serves.
 */
async function main(): Promise<void> {
  const { PROVIDER_PORT = '0', WEBHOOK_URL: url = '', PROVIDER_FILE: file } = process.env;
  const { STRIPE_SECRET_KEY: key = '', STRIPE_WEBHOOK_SECRET: secret = '' } = process.env;
  const { server, stop } = createProvider({ url, secret, key, file, apiVersion: '2026-10-28.endive' });
  await once(server.listen(Number(PROVIDER_PORT), '127.0.0.1'), 'listening');
  console.log(JSON.stringify({ msg: 'provider ready', address: server.address(), url }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      stop();
      server.closeAllConnections();
      server.close();
    });
}

void main();
