import type { Method } from '../../api/http/endpoint';
import { adminPassword } from '../helpers/test-config';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

interface BoardQueue {
  name: string;
  displayName: string;
  delimiter: string;
  readOnlyMode: boolean;
  allowRetries: boolean;
  hasWorkers: boolean | null;
  counts: Record<string, number>;
  jobs: { id: string; name: string; data: unknown; failedReason: string }[];
}

const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const admin = basic(`admin:${adminPassword}`);
const get = (path: string, headers: Record<string, string> = admin) => world.client.send('get', path, { headers });
const queues = async (query = '') => {
  const { body } = await world.client.send<{ queues: BoardQueue[] }>('get', `/board/api/queues${query}`, {
    headers: admin,
  });
  return body.queues;
};

const pages = ['/board', '/board/', '/board/queue/wallet-00', '/board/api/queues', '/board/static/favicon-32x32.png'];

test.each(pages)('%s asks everybody to sign in, and takes no bearer token', async (path) => {
  const tokens = [await world.user(), await world.admin()].map(({ token }) => ({ Authorization: `Bearer ${token}` }));
  for (const headers of [{}, ...tokens, { Authorization: 'Basic ' }, { Authorization: 'Basic ***' }]) {
    const answer = await get(path, headers as Record<string, string>);
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([
      401,
      'Basic realm="Frontrow board", charset="UTF-8"',
    ]);
    expect(answer.text).not.toMatch(/wallet|__UI_CONFIG__/);
  }
  expect((await get(path)).status).toBe(200);
});

test('is told to poll every ten seconds, to group lanes, and to list no workers', async () => {
  const { text } = await get('/board');
  const config = JSON.parse(
    /<script id="__UI_CONFIG__" type="application\/json">(.*?)<\/script>/.exec(text)?.[1] ?? '',
  );
  expect(config).toMatchObject({
    pollingInterval: { forceInterval: 10, showSetting: false },
    overview: { groupByDelimiter: true },
    showWorkers: false,
  });
});

test('names no other host than its own', async () => {
  const { text } = await get('/board');
  expect(text).toContain('static/css/main.');
  expect(text).not.toMatch(/https?:\/\/|<link[^>]*fonts/);
});

test('shows every lane, by name, read-only, and none of their workers', async () => {
  const listed = await queues();
  expect(listed.map(({ name, displayName }) => [name, displayName])).toEqual([
    ['reservation-00', 'reservation lane 00'],
    ['reservation-01', 'reservation lane 01'],
    ['wallet-00', 'wallet lane 00'],
    ['wallet-01', 'wallet lane 01'],
  ]);
  for (const queue of listed)
    expect(queue).toMatchObject({ delimiter: '-', readOnlyMode: true, allowRetries: false, hasWorkers: null });
});

test('shows for which commands a job rings', async () => {
  const commands = ['job_01k9yfx0a1b2c3d4e5f6g7h8j9', 'expire_01k9yfx0a1b2c3d4e5f6g7h8j9'];
  await world.context.queues.get('wallet-01')?.add('commands', { commands }, { jobId: 'job_first-and-1-more' });
  const [listed] = (await queues('?activeQueue=wallet-01')).filter(({ name }) => name === 'wallet-01');
  expect(listed?.jobs).toMatchObject([{ id: 'job_first-and-1-more', data: { commands } }]);
});

test('shows jobs without what is in them', async () => {
  const queue = world.context.queues.get('wallet-00');
  const data: object = { token: 'secret-1', nested: { password: 'secret-2' }, commands: ['secret-3'] };
  await queue?.add('points.charge', data, { jobId: 'job_shown' });
  const [listed] = (await queues('?activeQueue=wallet-00')).filter(({ name }) => name === 'wallet-00');
  expect(listed?.counts.waiting).toBe(1);
  expect(listed?.jobs).toMatchObject([
    { id: 'job_shown', name: 'points.charge', data: { token: '[hidden]', nested: '[hidden]', commands: '[hidden]' } },
  ]);
  for (const path of ['/board/api/queues?activeQueue=wallet-00', '/board/api/queues/wallet-00/job_shown'])
    expect((await get(path)).text).not.toMatch(/secret-/);
  await queue?.remove('job_shown');
});

describe('changes nothing', () => {
  const changes: [Method, string, unknown][] = [
    ['put', '/api/queues/pause', undefined],
    ['put', '/api/queues/resume', undefined],
    ['put', '/api/queues/wallet-00/pause', undefined],
    ['put', '/api/queues/wallet-00/resume', undefined],
    ['put', '/api/queues/wallet-00/empty', undefined],
    ['put', '/api/queues/wallet-00/obliterate', undefined],
    ['put', '/api/queues/wallet-00/promote', undefined],
    ['put', '/api/queues/wallet-00/clean/failed', undefined],
    ['put', '/api/queues/wallet-00/retry/failed', undefined],
    ['put', '/api/queues/wallet-00/concurrency', { concurrency: 1 }],
    ['put', '/api/queues/wallet-00/rate-limit', { max: 1, duration: 1000 }],
    ['post', '/api/queues/wallet-00/add', { name: 'points.charge', data: {}, options: {} }],
    ['put', '/api/queues/wallet-00/job_kept/retry/failed', undefined],
    ['put', '/api/queues/wallet-00/job_kept/clean', undefined],
    ['put', '/api/queues/wallet-00/job_kept/promote', undefined],
    ['patch', '/api/queues/wallet-00/job_kept/update-data', { jobData: {} }],
    ['delete', '/api/queues/wallet-00/job_kept', undefined],
  ];

  test.each(changes)('%s %s is refused', async (method, path, body) => {
    const queue = world.context.queues.get('wallet-00');
    await queue?.add('points.charge', {}, { jobId: 'job_kept', delay: 3_600_000 });
    const {
      status,
      headers,
      body: problem,
    } = await world.client.send(method, `/board${path}`, { headers: admin, body });
    expect([status, problem.code, headers.allow]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET, HEAD']);
    expect((await world.client.send(method, `/board${path}`, { body })).status).toBe(401);
    expect(await queue?.getJobCounts()).toMatchObject({ delayed: 1, waiting: 0, active: 0 });
    expect([await queue?.isPaused(), await queue?.getGlobalConcurrency()]).toEqual([false, null]);
  });
});

test('has a content policy of its own, and the rest of the API keeps its own', async () => {
  const policy = (answer: { headers: Record<string, unknown> }) => String(answer.headers['content-security-policy']);
  const page = await get('/board');
  expect(policy(page)).toContain("default-src 'none'");
  expect(policy(page)).toContain("script-src 'self';");
  expect(policy(page)).not.toMatch(/https:|unsafe-eval|script-src[^;]*unsafe-inline/);
  expect(page.headers).not.toHaveProperty('x-powered-by');
  expect(page.headers['cache-control']).toBe('no-store');
  const api = policy(await get('/v1/concerts', {}));
  expect(api).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(policy(await get('/v1/nowhere', {}))).toMatch(/default-src '(none|self)'/);
});

test('what is not there is a problem document', async () => {
  const { status, body } = await get('/board/nowhere');
  expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  expect((await get('/board/api/queues/nowhere/job_1')).status).toBe(404);
});

test('shows what lanes have done: completed jobs, with the commands that they named', async () => {
  await world.workers.start();
  const { id } = await world.user({ points: 1000 });
  const [command] = await world.context.models.commands.find({ userId: id }).lean();
  const lane = command?.lane ?? '';
  const completed = async () => {
    const listed = await queues(`?activeQueue=${lane}&status=completed`);
    return listed.find(({ name }) => name === lane)?.jobs ?? [];
  };
  await until('the job of the charge is there', async () =>
    (await completed()).some(
      ({ id, data }) => id === command?._id || JSON.stringify(data).includes(command?._id ?? '-'),
    ),
  );
  // However many there were, the last ones stay.
  const queue = world.context.queues.get(lane);
  await queue?.addBulk(
    Array.from({ length: 60 }, (_, i) => ({ name: 'other', data: {}, opts: { jobId: `many-${i}` } })),
  );
  await until('all are carried out', async () => (await queue?.getJobState('many-59')) === 'completed');
  await until('the oldest are gone', async () => (await queue?.getJobCountByTypes('completed')) === 50);
  await world.workers.stop();
});
