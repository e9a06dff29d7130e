import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { allLanes } from '../../shared/commands/lane-of';
import { queuePrefix } from '../../shared/commands/queues';
import type { Job } from '../helpers/builders';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

/** What operators of other queues and shops have reported; the sources are in docs/topics/outside-cases.md. */
let world: World;
const started: Process[] = [];
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.end('SIGKILL');
});
afterAll(() => world?.close());

const charge = async ({ client }: World, token: string, amount = 1) =>
  (await client.command<Job>('post', '/v1/points/charges', { token, body: { amount } })).body;

async function withQueues(work: (queues: Queue[], redis: Redis) => Promise<void>): Promise<void> {
  const connection = new Redis(world.config.REDIS_URL, { maxRetriesPerRequest: null });
  const queues = allLanes(world.config).map(
    (lane) => new Queue(lane, { connection, prefix: queuePrefix(world.config, lane) }),
  );
  try {
    await work(queues, connection);
  } finally {
    await Promise.all(queues.map((queue) => queue.close()));
    connection.disconnect();
  }
}

test('queues that somebody has paused, emptied or obliterated by hand stop no command', async () => {
  const { token } = await world.user();
  await withQueues(async (queues) => {
    for (const queue of queues) await queue.pause();
    expect((await charge(world, token)).status).toBe('done');
    for (const queue of queues) await queue.drain(true);
    expect((await charge(world, token)).status).toBe('done');
    for (const queue of queues) await queue.obliterate({ force: true });
    expect((await charge(world, token)).status).toBe('done');
    for (const queue of queues) await queue.resume();
    expect((await charge(world, token)).status).toBe('done');
  });
});

test('jobs that are in no state that anybody expects stop no command: active for ever, without data, of an unknown name', async () => {
  const { token } = await world.user();
  await withQueues(async (queues, redis) => {
    for (const queue of queues) {
      await queue.add('no.such.command', { commands: ['job_of_nobody'] });
      await queue.add('points.charge', {}, { jobId: `stuck-${queue.name}` });
      await redis.lpush(queue.toKey('active'), 'a-job-that-nobody-has-the-lock-of');
      await redis.lpush(queue.toKey('wait'), 'a-job-whose-data-is-gone');
    }
    for (let i = 0; i < 3; i += 1) expect((await charge(world, token)).status).toBe('done');
  });
});

test('what is done leaves nothing behind in Redis but what the board shows', async () => {
  const redis = new Redis(world.config.REDIS_URL);
  const keys = async () => (await redis.keys(`${world.config.QUEUE_PREFIX}:*`)).length;
  try {
    const { token } = await world.user();
    const many = (count: number) => Promise.all(Array.from({ length: count }, () => charge(world, token)));
    await many(20);
    await until('the jobs of those are gone', async () => (await keys()) < 60);
    const before = await keys();
    await many(300);
    // The board keeps the last 50 jobs of a lane, and how many commands share one is chance.
    await until('no more keys than before, but for a few', async () => (await keys()) <= before + 55);
  } finally {
    redis.disconnect();
  }
});

test('two installations that share a Redis and a prefix by mistake carry out their own commands, each once', async () => {
  const other = await startWorld({ settings: { QUEUE_PREFIX: world.config.QUEUE_PREFIX }, cleanUp: false });
  try {
    const { token } = await world.user();
    const concert = await other.concert({ seats: 4 });
    const fan = await other.fan(concert, { points: 5000 });
    const work = Array.from({ length: 20 }, async (_, i) => charge(i % 2 ? world : other, i % 2 ? token : fan.token));
    for (const job of await Promise.all(work)) expect(job.status).toBe('done');
    const hold = await other.hold(fan, concert, concert.seatIds.slice(0, 2));
    expect((await other.pay(fan, hold.holdId)).body.status).toBe('done');
    const balance = async (at: World, of: string) =>
      (await at.client.send('get', '/v1/points', { token: of })).body.balance;
    expect([await balance(world, token), await balance(other, fan.token)]).toEqual([10, 5000 + 10 - 2000]);
  } finally {
    await other.context.connection.dropDatabase();
    await other.close();
  }
});

test('a log collector that goes away ends nobody', async () => {
  const process = startProcess('api/server', environment(world.config, { LOG_LEVEL: 'debug', PORT: '0' }));
  started.push(process);
  const { port } = await process.said('listening');
  process.child.stdout?.destroy();
  process.child.stderr?.destroy();
  for (let i = 0; i < 50; i += 1)
    expect((await fetch(`http://127.0.0.1:${port}/v1/points`, { headers: { Authorization: 'Bearer x' } })).status).toBe(
      401,
    );
  process.child.kill('SIGTERM');
  await until('it ends by itself', () => process.child.exitCode !== null || process.child.signalCode !== null);
  expect(process.child.exitCode).toBe(0);
});

test('a port that is taken: a line that names the setting, and the end', async () => {
  const taken = new URL(world.url).port;
  const process = startProcess(
    'api/server',
    environment(world.config, { LOG_LEVEL: 'info', HOST: '127.0.0.1', PORT: taken }),
  );
  started.push(process);
  expect(await process.ended()).not.toBe(0);
  expect(process.output()).toMatch(new RegExp(`PORT.*${taken}|${taken}.*PORT`));
  expect(process.output()).not.toMatch(/^ +at /m);
});
