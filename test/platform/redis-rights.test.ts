import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { allRoutes } from '../../api/routes';
import { projectRoot } from '../../shared/platform/project-root';
import { scriptedCommands } from '../../shared/platform/redis-rights';
import { freePort } from '../../tools/stack/free-port';
import { openProxy } from '../../tools/stack/proxy';
import type { Job } from '../helpers/builders';
import { createClient } from '../helpers/client';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

const user = `thin_${randomBytes(4).toString('hex')}`;
const started: Process[] = [];
let world: World;
let redis: Redis;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  redis = new Redis(world.config.REDIS_URL);
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.end('SIGKILL');
});
afterAll(async () => {
  await redis?.acl('DELUSER', user);
  redis?.disconnect();
  await world?.close();
});

/** Makes the user anew: everything that is neither administration nor dangerous, INFO among that, and no more than its own keys. */
async function allow(...rights: string[]): Promise<void> {
  const own = `${world.config.QUEUE_PREFIX}:*`;
  const common = ['on', '>secret', `~${own}`, 'resetchannels', `&${own}`, '+@all', '-@admin', '-@dangerous'];
  await redis.acl('SETUSER', user, 'reset', ...common, ...rights);
}

async function start(
  module: string,
  redisPort: number | string = new URL(world.config.REDIS_URL).port,
): Promise<{ process: Process; operations: string }> {
  const url = new URL(world.config.REDIS_URL);
  Object.assign(url, { username: user, password: 'secret', port: String(redisPort) });
  const port = await freePort(0);
  const changes = { REDIS_URL: url.href, LOG_LEVEL: 'info', METRICS_PORT: String(port) };
  const process = startProcess(module, environment(world.config, changes));
  started.push(process);
  return { process, operations: `http://127.0.0.1:${port}` };
}

test('without INFO everything works, and every line is JSON', async () => {
  await allow();
  const [api, workers] = [await start('api/server'), await start('workers/main')];
  await workers.process.said('carrying out commands');
  const client = createClient(
    `http://127.0.0.1:${(await api.process.said('listening')).port}`,
    allRoutes(world.config),
  );
  const { token } = await world.user();
  const charged = await client.command<Job>('post', '/v1/points/charges', { token, body: { amount: 5 } });
  client.close();
  expect(charged.body.status).toBe('done');
  for (const { operations, process } of [api, workers]) {
    await until('ready', async () => (await fetch(`${operations}/readyz`)).status === 200);
    expect(await process.end()).toBe(0);
    for (const line of process.output().trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  }
}, 40_000);

test.each(['api/server', 'workers/main'])(
  '%s names the commands that it may not call, and ends',
  async (module) => {
    await allow('-xadd', '-zpopmin');
    const { process } = await start(module);
    expect(await process.ended()).toBe(1);
    expect(process.lines().at(-1)?.msg).toMatch(
      /^not started: REDIS_URL \(.*\): its user may not call ZPOPMIN, XADD on keys/,
    );
    expect(process.output()).not.toContain('secret');
  },
  20_000,
);

test('a right that is taken away later: the worker rests between tries, answers probes and ends when told to', async () => {
  await allow();
  const { process, operations } = await start('workers/main');
  await process.said('carrying out commands');
  await until('ready', async () => (await fetch(`${operations}/readyz`)).status === 200);
  await allow('-evalsha', '-eval');
  await process.said('Redis refuses what jobs need');
  const before = globalThis.process.hrtime.bigint();
  const cpu = () => Number(readFileSync(`/proc/${process.child.pid}/stat`, 'utf8').split(' ')[13]);
  const ticks = cpu();
  await sleep(2000);
  // A hundred ticks are a second: two of them would be 200.
  expect(cpu() - ticks).toBeLessThan(100);
  expect(globalThis.process.hrtime.bigint() - before).toBeLessThan(6_000_000_000n);
  expect((await fetch(`${operations}/livez`)).status).toBe(200);
  expect(await process.end()).toBe(0);
}, 40_000);

test('Redis away is no refusal: nothing is logged as an error while it resets every connection', async () => {
  await allow();
  const proxy = await openProxy(() => Number(new URL(world.config.REDIS_URL).port));
  const { process } = await start('workers/main', proxy.port);
  await process.said('carrying out commands');
  proxy.cut();
  // Each lane tries to connect again after 50, 100, 150 ... ms: more errors in a second than count as one that stays.
  await sleep(3000);
  proxy.heal();
  const { token } = await world.user();
  await world.client.command('post', '/v1/points/charges', { token, body: { amount: 5 } });
  expect(process.lines().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  expect(await process.end()).toBe(0);
  await proxy.close();
}, 40_000);

test('what is tried at the start is what scripts call', () => {
  const folders = ['node_modules/bullmq/dist/cjs/scripts', 'shared/waiting-room/lua'].map((path) =>
    join(projectRoot, path),
  );
  const sources = folders.flatMap((folder) =>
    readdirSync(folder).flatMap((name) => (/\.(js|lua)$/.test(name) ? [readFileSync(join(folder, name), 'utf8')] : [])),
  );
  const called = sources.flatMap((text) =>
    Array.from(text.matchAll(/(?:rcall|\bcall|pcall)\(\s*['"](\w+)['"]/g), ([, name = '']) => name.toLowerCase()),
  );
  const tried = new Set(scriptedCommands.map(([name]) => name));
  // XREAD is of BullMQ's experimental relay.
  expect([...new Set(called)].filter((name) => !tried.has(name) && name !== 'xread')).toEqual([]);
});
