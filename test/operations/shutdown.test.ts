import { once } from 'node:events';
import { connect } from 'node:net';
import { native } from '../../shared/models';
import { freePort } from '../../tools/stack/free-port';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
const started: Process[] = [];

beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.end('SIGKILL');
});
afterAll(() => world?.close());

async function start(module: string, changes: Record<string, string> = {}) {
  const port = await freePort(0);
  const settings = environment(world.config, { LOG_LEVEL: 'info', METRICS_PORT: String(port), ...changes });
  const process = startProcess(module, settings);
  started.push(process);
  return { process, operations: `http://127.0.0.1:${port}` };
}

const statusOf = async (url: string, init?: RequestInit) => (await fetch(url, init)).status;

test('an API process serves on while it drains, answers those who wait, and ends well', async () => {
  const { process, operations } = await start('api/server', { DRAIN_SECONDS: '1' });
  const { port } = await process.said('listening');
  const url = `http://127.0.0.1:${port}`;
  expect(await statusOf(`${operations}/readyz`)).toBe(200);
  const { token } = await world.user();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  // Nobody carries it out, so it waits for as long as it may.
  const waiting = fetch(`${url}/v1/points/charges`, {
    ...{ method: 'POST', body: '{"amount":5}' },
    headers: { ...headers, 'Idempotency-Key': 'k', Prefer: 'wait=10' },
  });
  await until('it is accepted', () => native(world.context.models, 'commands').findOne({ key: 'k' }));
  const since = performance.now();
  process.child.kill('SIGTERM');
  await process.said('stopping');
  expect(await statusOf(`${operations}/readyz`)).toBe(503);
  const draining = await fetch(`${url}/v1/points`, { headers });
  expect([draining.status, draining.headers.get('connection')]).toEqual([200, 'close']);
  const accepted = await waiting;
  expect([accepted.status, ((await accepted.json()) as { status: string }).status]).toEqual([202, 'accepted']);
  expect(await process.end()).toBe(0);
  expect(process.lines().at(-1)?.msg).toBe('stopped');
  expect(performance.now() - since).toBeLessThan(8000);
});

test('a worker process is ready once it owns its share, and gives its lanes back when it ends', async () => {
  const { process, operations } = await start('workers/main');
  await process.said('carrying out commands');
  await until('ready', async () => (await statusOf(`${operations}/readyz`)) === 200);
  const owned = { owner: { $ne: null } };
  expect(await native(world.context.models, 'lanes').countDocuments(owned)).toBe(4);
  expect(await process.end()).toBe(0);
  expect(await native(world.context.models, 'lanes').countDocuments(owned)).toBe(0);
});

test('a process that can not end in order ends at its deadline, with status 1', async () => {
  const { process } = await start('api/server', { SHUTDOWN_SECONDS: '1' });
  const { port } = await process.said('listening');
  const { token } = await world.user();
  const slow = connect(Number(port), '127.0.0.1');
  const head = ['POST /v1/points/charges HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${token}`];
  head.push('Content-Type: application/json', 'Content-Length: 12', 'Expect: 100-continue');
  slow.write(`${head.join('\r\n')}\r\n\r\n`);
  // In hand, and its body never comes.
  await once(slow, 'data');
  slow.on('error', () => undefined);
  const since = performance.now();
  expect(await process.end()).toBe(1);
  expect(performance.now() - since).toBeLessThan(5000);
  expect(process.lines().at(-1)?.msg).toBe('not stopped in time');
  slow.destroy();
});
