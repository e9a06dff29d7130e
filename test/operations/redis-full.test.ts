import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Store } from '../../tools/stack/process';
import { findRedisServer } from '../../tools/stack/stores/find-store';
import { startRedisServer } from '../../tools/stack/stores/redis-server';
import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let folder: string;
let store: Store;
let redis: Redis;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-full-'));
  const { path } = await findRedisServer(process.env, () => undefined);
  store = await startRedisServer({ binary: path, folder });
  redis = new Redis(store.uri);
  world = await startWorld({ settings: { REDIS_URL: store.uri } });
});
afterAll(async () => {
  await redis?.config('SET', 'maxmemory', '0');
  await world?.close();
  redis?.disconnect();
  await store?.stop('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

test('with a Redis that is full money goes on, the line says 503, and all is well once there is room', async () => {
  const concert = await world.concert({ seats: 4 });
  const fan = await world.fan(concert, { points: 5000 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  await redis.config('SET', 'maxmemory', '1mb');
  await expect(redis.set('more', 'x')).rejects.toThrow('OOM');

  const charge = await world.client.command<Job>('post', '/v1/points/charges', {
    token: fan.token,
    body: { amount: 1 },
  });
  expect([charge.status, charge.body.status]).toEqual([202, 'done']);
  const paid = await world.client.command<Job>('post', `/v1/holds/${hold.holdId}/payment`, { token: fan.token });
  expect([paid.status, paid.body.status]).toEqual([202, 'done']);
  const newcomer = await world.user();
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  const joining = await world.client.send('post', path, { token: newcomer.token });
  expect([joining.status, joining.body.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(Number(joining.headers['retry-after'])).toBeGreaterThan(0);

  await redis.config('SET', 'maxmemory', '0');
  await until(
    'the line takes people again',
    async () => (await world.client.send('post', path, { token: newcomer.token })).status === 200,
  );
  const next = await world.fan(concert, { points: 1000 });
  const held = await world.hold(next, concert, concert.seatIds.slice(1, 2));
  expect((await world.pay(next, held.holdId)).body.status).toBe('done');
});
