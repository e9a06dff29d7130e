import type { Job } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

interface Change {
  amount: number;
  balance: number;
}

test('20 charges and uses of one wallet at once are each applied once, in the order accepted', async () => {
  const user = await world.user({ points: 100 });
  const amounts = Array.from({ length: 20 }, (_, i) => ({ path: i % 2 ? 'uses' : 'charges', amount: 10 + i }));
  const answers = await Promise.all(
    amounts.map(({ path, amount }) =>
      world.client.command<Job<Change>>('post', `/v1/points/${path}`, { token: user.token, body: { amount } }),
    ),
  );
  const jobs = answers.map(({ body }) => body).sort((a, b) => (a.id < b.id ? -1 : 1));
  let balance = 100;
  for (const job of jobs) {
    expect(job.status).toBe('done');
    balance += job.kind === 'points.charge' ? job.result.amount : -job.result.amount;
    expect(job.result.balance).toBe(balance);
  }
  const history = await world.client.send<{ items: { seq: number; balanceAfter: number; jobId: string }[] }>(
    'get',
    '/v1/points/history?limit=100',
    { token: user.token },
  );
  const entries = history.body.items.sort((a, b) => a.seq - b.seq);
  expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  expect(entries.slice(1).map((entry) => entry.jobId)).toEqual(jobs.map((job) => job.id));
  const { body } = await world.client.send('get', '/v1/points', { token: user.token });
  expect(body).toEqual({ balance });
});

test('of 20 uses that the balance allows once, one is done', async () => {
  const user = await world.user({ points: 100 });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      world.client.command<Job>('post', '/v1/points/uses', { token: user.token, body: { amount: 60 } }),
    ),
  );
  const done = answers.filter(({ body }) => body.status === 'done');
  const refused = answers.filter(({ body }) => body.problem?.code === 'POINTS_INSUFFICIENT');
  expect([done.length, refused.length]).toEqual([1, 19]);
  expect((await world.client.send('get', '/v1/points', { token: user.token })).body).toEqual({ balance: 40 });
});

test('one key sent 20 times at once is one command', async () => {
  const user = await world.user();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      world.client.command<Job>('post', '/v1/points/charges', { token: user.token, body: { amount: 5 }, key: 'again' }),
    ),
  );
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(19);
  expect((await world.client.send('get', '/v1/points', { token: user.token })).body).toEqual({ balance: 5 });
});
