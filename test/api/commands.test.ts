import { randomUUID } from 'node:crypto';
import type { Job, TestUser } from '../helpers/builders';
import type { CommandOptions } from '../helpers/client';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let user: TestUser;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  user = await world.user();
});
afterAll(() => world?.close());

const charge = (amount: number, options: CommandOptions = {}, who = user) =>
  world.client.command<Job>('post', '/v1/points/charges', { ...who, body: { amount }, wait: null, ...options });
const stored = (key: string) => world.context.models.commands.countDocuments({ key });

test('202 with the job, where to look for it, and when', async () => {
  const { status, body, headers } = await charge(5);
  expect(status).toBe(202);
  expect(body).toEqual({
    ...{ id: expect.stringMatching(/^job_[0-9a-z]{26}$/), kind: 'points.charge', status: 'accepted' },
    ...{ acceptedAt: expect.any(String), finishedAt: null, result: null, problem: null },
  });
  expect(headers).toMatchObject({ location: `/v1/jobs/${body.id}`, 'retry-after': '1' });
  expect(headers['idempotency-replayed'] ?? headers['preference-applied']).toBeUndefined();
  const job = await world.client.send<Job>('get', headers.location ?? '', user);
  expect(job).toMatchObject({ status: 200, body, headers: { 'retry-after': '1' } });
});

test('the same key and body: the same job; another body: 422; another user: another job', async () => {
  const key = randomUUID();
  const first = await charge(5, { key });
  const again = await charge(5, { key });
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(await charge(6, { key })).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  const use = await world.client.command('post', '/v1/points/uses', { ...user, key, body: { amount: 5 } });
  expect(use).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  expect(await stored(key)).toBe(1);
  const other = await charge(5, { key }, await world.user());
  expect(other.body.id).not.toBe(first.body.id);
  expect(await stored(key)).toBe(2);
});

test('twenty of the same at once are one', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => charge(5, { key })));
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
  expect(await stored(key)).toBe(1);
});

test.each(['', 'with space', 'ümlaut', 'x'.repeat(256)])('the key %j is refused', async (key) => {
  const before = await world.context.models.commands.countDocuments();
  const answer = await charge(5, { headers: { 'Idempotency-Key': Buffer.from(key).toString('latin1') } });
  expect(answer.status).toBe(400);
  expect(await world.context.models.commands.countDocuments()).toBe(before);
});

test('keys of 1 and of 255 characters are fine', async () => {
  for (const key of ['!', '~'.repeat(255)]) expect((await charge(5, { key })).status).toBe(202);
});

test('Prefer: wait holds the answer back for the outcome, and no longer', async () => {
  const began = performance.now();
  const unfinished = await charge(5, { wait: 1 });
  expect(performance.now() - began).toBeGreaterThan(900);
  expect(unfinished.body.status).toBe('accepted');
  expect(unfinished.headers).toMatchObject({ 'preference-applied': 'wait=1', 'retry-after': '1' });
  await world.workers.start();
  const done = await charge(5, { wait: 600 });
  expect(done).toMatchObject({ status: 202, body: { status: 'done', finishedAt: expect.any(String) } });
  expect(done.headers['preference-applied']).toBe('wait=10');
  expect(done.headers['retry-after']).toBeUndefined();
  const earlier = await until('the unfinished one is done too', async () => {
    const { body } = await world.client.send<Job>('get', `/v1/jobs/${unfinished.body.id}`, user);
    return body.status === 'done' && body;
  });
  expect(earlier.result).toMatchObject({ amount: 5 });
  await world.workers.stop();
});
