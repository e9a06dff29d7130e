import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let token: string;
beforeAll(async () => {
  // No sweep within the test: only an announced job makes a lane look.
  world = await startWorld({ settings: { MAX_ATTEMPTS: '2', SWEEP_MS: '60000', WALLET_LANES: '1' } });
  token = (await world.admin()).token;
});
afterAll(() => world?.close());

interface AdminJob {
  id: string;
  status: string;
  reason: string | null;
  lane: string;
  userId: string;
}
interface Lane {
  lane: string;
  owner: string | null;
  unfinished: number;
  due: number;
  later: number;
  oldestSeconds: number | null;
}

const retry = (id: string) => world.client.send<AdminJob>('post', `/v1/admin/jobs/${id}/retry`, { token });
const job = async (id: string) => (await world.client.send<AdminJob>('get', `/v1/admin/jobs/${id}`, { token })).body;
const failedJobs = async (query = '') =>
  (
    await world.client.send<{ items: AdminJob[]; nextCursor: string | null }>('get', `/v1/admin/failed-jobs${query}`, {
      token,
    })
  ).body;
const lanes = async () => (await world.client.send<{ items: Lane[] }>('get', '/v1/admin/lanes', { token })).body.items;

async function charge(user: { token: string }, wait: number | null = null): Promise<Job> {
  const { body } = await world.client.command<Job>('post', '/v1/points/charges', {
    token: user.token,
    wait,
    body: { amount: 100 },
  });
  return body;
}

/** A charge that can't be carried out, since its payload is gone, until it has failed for good, in BullMQ too. */
async function failedCharge(user: { token: string }): Promise<string> {
  const { context, workers } = world;
  await workers.stop();
  const { id } = await charge(user);
  await context.models.commands.updateOne({ _id: id }, { payload: 'lost' });
  await workers.start();
  const queue = context.queues.get('wallet-00');
  await until('the charge failed', async () => (await job(id)).status === 'failed');
  await until('its job failed', async () => (await queue?.getJobState(`${id}-failed`)) === 'failed');
  // It stays for the board, and has the id that a retry wants.
  await until('its first job is completed', async () => (await queue?.getJobState(id)) === 'completed');
  return id;
}

describe('a failed command', () => {
  test('is listed with its reason, and once mended a retry carries it out once, promptly', async () => {
    const user = await world.user();
    const id = await failedCharge(user);
    const listed = (await failedJobs()).items.find((item) => item.id === id);
    expect(listed).toMatchObject({ kind: 'points.charge', status: 'failed', lane: 'wallet-00', userId: user.id });
    expect(listed?.reason).toContain('payload');
    const shown = await world.client.send<Job>('get', `/v1/jobs/${id}`, { token: user.token });
    expect(shown.body).toMatchObject({ status: 'failed', problem: { code: 'COMMAND_FAILED' } });
    expect(shown.text).not.toContain('payload');

    await world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 100 } });
    const { status, body, headers } = await retry(id);
    expect([status, headers.location]).toEqual([202, `/v1/admin/jobs/${id}`]);
    expect(body).toMatchObject({ id, status: 'accepted', reason: null, finishedAt: null });
    await until('the charge is done', async () => (await job(id)).status === 'done');
    const balance = await world.client.send('get', '/v1/points', { token: user.token });
    expect(balance.body).toEqual({ balance: 100 });
    expect((await failedJobs()).items.map((item) => item.id)).not.toContain(id);
    expect(await world.context.queues.get('wallet-00')?.getFailedCount()).toBe(0);
  });

  test('of many retries at once one counts, and the audit trail distinguishes all', async () => {
    const id = await failedCharge(await world.user());
    await world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 100 } });
    const answers = await Promise.all(Array.from({ length: 8 }, () => retry(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array(7).fill(409)]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'JOB_NOT_FAILED' });
    const records = await world.context.models.adminActions.find({ target: id }).lean();
    expect(records).toMatchObject([{ action: 'job.retry', details: { kind: 'points.charge', lane: 'wallet-00' } }]);
    await until('the charge is done', async () => (await job(id)).status === 'done');
  });

  test('that is not mended fails again, and its lane goes on', async () => {
    const user = await world.user();
    const id = await failedCharge(user);
    await retry(id);
    await until('it failed again', async () => (await job(id)).status === 'failed');
    expect((await charge(user, 8)).status).toBe('done');
  });
});

test('failed commands come in pages, newest first', async () => {
  const ids = Array.from({ length: 5 }, (_, n) => `job_zz_page_${n}`);
  const [any] = await world.context.models.commands.find().limit(1).lean();
  if (!any) throw new Error('no command to copy');
  const problem = { code: 'COMMAND_FAILED' as const, detail: 'made by a test' };
  await world.context.models.commands.insertMany(
    ids.map((_id) => ({ ...any, _id, key: null, status: 'failed' as const, problem })),
  );
  const first = await failedJobs('?limit=2');
  const second = await failedJobs(`?limit=2&cursor=${first.nextCursor}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.slice(1).reverse());
  for (const query of ['?limit=0', '?limit=101', '?cursor=nonsense', '?status=done'])
    expect(await failedJobs(query)).toMatchObject({ code: 'VALIDATION_FAILED' });
  await world.context.models.commands.deleteMany({ _id: { $in: ids } });
});

test('a job that is done, or not there, is not retried', async () => {
  const done = await charge(await world.user(), 8);
  const refused = await retry(done.id);
  expect(refused.body).toMatchObject({ code: 'JOB_NOT_FAILED', detail: 'The job is done.' });
  expect((await retry('job_nowhere')).body).toMatchObject({ code: 'JOB_NOT_FOUND' });
  expect(await job('job_nowhere')).toMatchObject({ code: 'JOB_NOT_FOUND' });
  expect(await world.context.models.adminActions.countDocuments({ target: { $in: [done.id, 'job_nowhere'] } })).toBe(0);
});

test('lanes show what is due, what comes later, how old the oldest is, and who is at it', async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  const idle = await lanes();
  expect(idle.map(({ lane }) => lane)).toEqual(['reservation-00', 'reservation-01', 'wallet-00']);
  await until('every lane has an owner', async () =>
    (await lanes()).every(({ owner }) => owner?.startsWith('worker_')),
  );
  await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const later = (await lanes()).reduce((sum, lane) => sum + lane.later, 0);
  expect(later).toBe(1);

  await world.workers.stop();
  await charge(fan);
  await charge(fan);
  world.clock.offsetMs += 5000;
  const wallet = (await lanes()).find(({ lane }) => lane === 'wallet-00');
  expect(wallet).toMatchObject({ owner: null, unfinished: 2, due: 2, later: 0 });
  expect(wallet?.oldestSeconds).toBeGreaterThanOrEqual(5);
  expect(wallet?.oldestSeconds).toBeLessThan(15);
  await world.workers.start();
  await until('the wallet lane is empty', async () =>
    (await lanes()).some((lane) => lane.lane === 'wallet-00' && lane.unfinished === 0 && lane.oldestSeconds === null),
  );
});
