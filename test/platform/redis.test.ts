import { createLogger } from '../../shared/platform/logger';
import { openRedis, openSubscriber, type RedisClient } from '../../shared/platform/redis';
import { type NetworkProxy, openProxy } from '../../tools/stack/proxy';
import { until } from '../helpers/until';

const logger = createLogger('test', 'silent');
const store = new URL(process.env.TEST_REDIS_URL ?? '');

let proxy: NetworkProxy;
const open: RedisClient[] = [];
beforeEach(async () => {
  proxy = await openProxy(() => Number(store.port));
});
afterEach(async () => {
  for (const redis of open.splice(0)) redis.disconnect();
  await proxy.close();
});

async function connect<T extends RedisClient>(how: (url: string) => Promise<T>): Promise<T> {
  const redis = await how(`redis://127.0.0.1:${proxy.port}`);
  open.push(redis);
  return redis;
}

const failFast = (url: string) => openRedis(url, 'fail-fast', logger);
const answers = (redis: RedisClient) =>
  redis.ping().then(
    () => true,
    () => false,
  );

test('a connection whose other side vanished without a word is given up: requests are served again', async () => {
  const redis = await connect(failFast);
  proxy.orphan();
  expect(await answers(redis)).toBe(false);
  await until('Redis answers', () => answers(redis));
});

test('a subscriber, which only listens, notices too', async () => {
  const subscriber = await connect((url) => openSubscriber(url, logger));
  const heard: string[] = [];
  subscriber.on('message', (_channel, message: string) => void heard.push(message));
  await subscriber.subscribe('test:redis');
  const publisher = await connect(failFast);
  proxy.orphan();
  const hears = async () => {
    await publisher.publish('test:redis', 'hello').catch(() => 0);
    return heard.length > 0;
  };
  await until('messages come again', hears, 18_000);
});
