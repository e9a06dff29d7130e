import { get } from 'node:http';
import { createApp } from '../../api/app';
import { openOperationsServer } from '../../shared/health/operations-server';
import { loadConfig } from '../../shared/platform/config';
import { environment } from '../helpers/processes';
import { adminPassword } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';
import { buildPages } from '../web/helpers/browser';

const worlds: World[] = [];
beforeAll(() => buildPages(), 60_000);
afterAll(() => Promise.all(worlds.map((world) => world.close())));

const addresses = {
  BOARD: ['/board', '/board/api/queues'],
  DOCS: ['/docs/', '/openapi.json'],
  PAGES: ['/', '/operator', '/points'],
};
const all = Object.values(addresses).flat();

async function start(settings: Record<string, string>): Promise<{ open: string; operations: string }> {
  const world = await startWorld({ workers: false, settings: { METRICS_PORT: '1', ...settings } });
  worlds.push(world);
  const app = createApp(world.context, 'operations');
  const port = await openOperationsServer(world.context, world.context.readiness, 0, app);
  return { open: world.url, operations: `http://127.0.0.1:${port}` };
}

const headers = { Authorization: `Basic ${Buffer.from(`admin:${adminPassword}`).toString('base64')}` };
/** Over a connection of its own, which leaves nothing open. */
const status = (url: string, sent: Record<string, string> = headers) =>
  new Promise<number>((resolve, reject) => {
    const request = get(url, { headers: sent, agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    request.once('error', reject);
  });
const statuses = (base: string, paths = all) =>
  Promise.all(paths.map(async (path) => [path, await status(`${base}${path}`)]));
const each = (code: number, paths = all) => paths.map((path) => [path, code]);

test('all are for the public by default, and none is on the operations port', async () => {
  const { open, operations } = await start({});
  expect(await statuses(open)).toEqual(each(200));
  expect(await statuses(operations)).toEqual(each(404));
});

test.each(['BOARD', 'DOCS', 'PAGES'] as const)('%s can be switched off by itself', async (name) => {
  const { open, operations } = await start({ [name]: 'off' });
  const others = all.filter((path) => !addresses[name].includes(path));
  expect(await statuses(open, addresses[name])).toEqual(each(404, addresses[name]));
  expect(await statuses(open, others)).toEqual(each(200, others));
  expect(await statuses(operations)).toEqual(each(404));
});

test('all can be moved to the operations port, with the endpoints that they call', async () => {
  const { open, operations } = await start({ BOARD: 'operations', DOCS: 'operations', PAGES: 'operations' });
  expect(await statuses(open)).toEqual(each(404));
  expect(await statuses(operations)).toEqual(each(200));
  expect(await statuses(operations, ['/v1/concerts', '/metrics', '/livez'])).toEqual(
    each(200, ['/v1/concerts', '/metrics', '/livez']),
  );
  expect(await status(`${open}/v1/concerts`)).toBe(200);
  expect(await status(`${operations}/board`, {})).toBe(401);
});

test('an operations port is needed for that', () => {
  const given = environment(worlds[0]?.config ?? ({} as never), { METRICS_PORT: '0', BOARD: 'operations' });
  expect(() => loadConfig(given)).toThrow('BOARD: operations needs METRICS_PORT');
});
