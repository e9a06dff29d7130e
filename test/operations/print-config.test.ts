import { configSchema } from '../../shared/platform/config-schema';
import { printableConfig } from '../../shared/platform/print-config';
import { environment, startProcess } from '../helpers/processes';
import { testConfig } from '../helpers/test-config';

const settings = environment(testConfig(), {
  MONGODB_URI: 'mongodb://app:mongo-hunter2@a.test:1,b.test:2/x?tlsCertificateKeyFilePassword=key-hunter2&w=1',
  REDIS_URL: 'redis://:redis-hunter2@c.test:3',
  ADMIN_PASSWORD: 'admin-hunter2',
  JWT_SECRET: 'jwt-hunter2 and more than thirty-two characters',
  QUEUE_TOKEN_SECRET: 'queue-hunter2 and more than thirty-two characters',
});

test('shows every setting, and no secret', () => {
  const lines = printableConfig(settings).trimEnd().split('\n');
  expect(lines.map((line) => line.split('=')[0])).toEqual(Object.keys(configSchema.shape));
  expect(lines.join('\n')).not.toContain('hunter2');
  expect(lines).toContain(
    'MONGODB_URI=mongodb://app:********@a.test:1,b.test:2/x?tlsCertificateKeyFilePassword=********&w=1',
  );
  expect(lines).toContain('REDIS_URL=redis://:********@c.test:3');
  expect(lines).toContain('ADMIN_PASSWORD=********');
  expect(lines).toContain('HOLD_SECONDS=300');
});

test('shows the nodes of a Redis Cluster, and not their password', () => {
  const printed = printableConfig({ ...settings, REDIS_URL: 'rediss+cluster://app:redis-hunter2@c.test:3,d.test:4' });
  expect(printed.split('\n')).toContain('REDIS_URL=rediss+cluster://app:********@c.test:3,d.test:4');
});

test.each(['api/server', 'workers/main'])('%s --print-config prints it and opens nothing', async (module) => {
  const process = startProcess(module, settings, ['--print-config']);
  expect(await process.ended()).toBe(0);
  expect(process.output()).toBe(printableConfig(settings));
});

test.each(['api/server', 'workers/main'])('%s --print-config lists every mistake', async (module) => {
  const wrong = { ...settings, PORT: 'many', ADMIN_PASSWORD: 'short', SIGN_IN: 'true', NODE_ENV: 'production' };
  const process = startProcess(module, wrong, ['--print-config']);
  expect(await process.ended()).toBe(1);
  expect(process.output()).toMatch(/PORT: .*\n.*ADMIN_PASSWORD: /);
  expect(process.output()).not.toContain('short');
});
