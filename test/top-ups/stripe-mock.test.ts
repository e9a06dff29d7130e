import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { openProvider } from '../../shared/top-ups/open-provider';
import { freePort } from '../../tools/stack/free-port';
import { hasEnded, spawnGuarded, stopChild } from '../../tools/stack/process';
import { testConfig } from '../helpers/test-config';
import { until } from '../helpers/until';

const folders = [
  ...(process.env.PATH ?? '').split(delimiter),
  join(process.env.GOPATH ?? join(homedir(), 'go'), 'bin'),
];
const binary = folders.map((folder) => join(folder, 'stripe-mock')).find(existsSync);
const what = 'Stripe takes what the adapter sends, as far as stripe-mock knows its API';

// It checks every parameter by the published description of the API. `go install github.com/stripe/stripe-mock@latest`.
if (!binary) test.skip(`${what}: no stripe-mock on the PATH`, () => undefined);
else
  test(`${what}`, async () => {
    const [port, https] = [await freePort(0), await freePort(0)];
    const args = ['-http-port', String(port), '-https-port', String(https)];
    const mock = spawnGuarded(binary, args, { stdio: 'ignore' });
    const url = `http://127.0.0.1:${port}`;
    try {
      await until(
        'it listens',
        () =>
          hasEnded(mock) ||
          fetch(url).then(
            () => true,
            () => false,
          ),
      );
      const secrets = { STRIPE_SECRET_KEY: 'sk_test_123', STRIPE_WEBHOOK_SECRET: 'whsec_123' };
      const provider = openProvider(testConfig({ STRIPE_API_URL: url, ...secrets }));
      const expiresAt = new Date(Date.now() + 3600_000);
      const order = {
        topUpId: 'topup_1',
        points: 500,
        price: 500,
        currency: 'usd',
        returnUrl: 'http://pages.test',
        expiresAt,
      };
      const checkout = await provider?.create(order);
      expect(checkout?.sessionId).toMatch(/^cs_/);
      const read = [];
      const sessionId = checkout?.sessionId ?? '';
      for await (const payment of provider?.read({ sessionId }) ?? []) read.push(payment);
      expect(read).toMatchObject([{ kind: 'session', sessionId }]);
      const listed = [];
      const day = { from: new Date(0), to: new Date() };
      for await (const payment of provider?.read(day) ?? []) if (listed.push(payment) > 2) break;
      expect(listed[0]).toMatchObject({ kind: 'session' });
      await provider?.refund({ topUpId: 'topup_1', paymentId: 'pi_123' });
    } finally {
      await stopChild(mock, 'SIGTERM', 5000);
    }
  });
