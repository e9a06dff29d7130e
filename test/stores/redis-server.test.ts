import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../tools/stack/free-port';
import type { Store } from '../../tools/stack/process';
import { findRedisServer } from '../../tools/stack/stores/find-store';
import { startRedisServer } from '../../tools/stack/stores/redis-server';
import { isAlive } from './is-alive';

let folder: string;
let binary: string;
const started: Store[] = [];

beforeAll(async () => {
  binary = (await findRedisServer(process.env, () => undefined)).path;
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-redis-'));
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((store) => store.stop('SIGKILL')));
  await rm(folder, { recursive: true, force: true });
});

async function start(port?: number): Promise<Store> {
  const store = await startRedisServer({ binary, folder, port });
  started.push(store);
  return store;
}

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  return work(redis).finally(() => redis.disconnect());
}

test('never evicts, writes down every second, and is gone after stop', async () => {
  const store = await start();
  const settings = await withRedis(store.uri, (redis) =>
    redis.config('GET', '*').then((list) => Object.fromEntries(pairs(list))),
  );
  expect(settings).toMatchObject({ 'maxmemory-policy': 'noeviction', appendonly: 'yes', appendfsync: 'everysec' });
  expect(settings).toMatchObject({ bind: '127.0.0.1', hz: '100', save: '' });
  await store.stop();
  expect(isAlive(store.process.pid)).toBe(false);
});

test('finds its data again, on the same port and on another', async () => {
  const first = await start();
  await withRedis(first.uri, (redis) => redis.set('key', 'kept'));
  await first.stop();
  const second = await start();
  expect(second.port).toBe(first.port);
  await second.stop();
  const third = await start(await freePort(0));
  expect(third.port).not.toBe(first.port);
  expect(await withRedis(third.uri, (redis) => redis.get('key'))).toBe('kept');
});

test('a port that is taken: refused before anything starts', async () => {
  const { port } = await start();
  await expect(start(port)).rejects.toThrow('EADDRINUSE');
});

test('a server that dies at start: an error with what it said', async () => {
  const broken = startRedisServer({ binary: process.execPath, folder });
  await expect(broken).rejects.toThrow(/redis-server ended at start, exit code 9.*bad option: --port/s);
});

/** CONFIG GET answers name, value, name, value …; newer clients an object. */
function pairs(answer: unknown): [string, string][] {
  if (!Array.isArray(answer)) return Object.entries(answer as Record<string, string>);
  return answer.flatMap((name, i) => (i % 2 === 0 ? [[name, answer[i + 1]] as [string, string]] : []));
}
