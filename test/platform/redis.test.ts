import type { Redis } from 'ioredis';
import { type NetworkProxy, openProxy } from '../../scripts/chaos/lab/proxy';
import { createLogger } from '../../shared/platform/logger';
import { openRedis } from '../../shared/platform/redis';
import { until } from '../helpers/until';

const logger = createLogger('test', 'silent');
const store = new URL(process.env.TEST_REDIS_URL ?? '');

let proxy: NetworkProxy;
const open: Redis[] = [];
beforeEach(async () => {
  proxy = await openProxy(() => Number(store.port));
});
afterEach(async () => {
  for (const redis of open.splice(0)) redis.disconnect();
  await proxy.close();
});

async function connect(mode: 'fail-fast' | 'patient'): Promise<Redis> {
  const redis = await openRedis(`redis://127.0.0.1:${proxy.port}`, mode, logger);
  open.push(redis);
  return redis;
}

const answers = (redis: Redis) =>
  redis.ping().then(
    () => true,
    () => false,
  );

test('a connection whose other side vanished without a word is given up: requests are served again', async () => {
  const redis = await connect('fail-fast');
  proxy.orphan();
  expect(await answers(redis)).toBe(false);
  await until('Redis answers', () => answers(redis));
});

test('a subscriber, which only listens, notices too', async () => {
  const subscriber = await connect('patient');
  const heard: string[] = [];
  subscriber.on('message', (_channel, message: string) => void heard.push(message));
  await subscriber.subscribe('test:redis');
  const publisher = await connect('fail-fast');
  proxy.orphan();
  const hears = async () => {
    await publisher.publish('test:redis', 'hello').catch(() => 0);
    return heard.length > 0;
  };
  await until('messages come again', hears, 18_000);
});
