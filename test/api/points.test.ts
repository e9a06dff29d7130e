import type { Job, TestUser } from '../helpers/builders';
import { snapshot } from '../helpers/snapshot';
import { startWorld, type World } from '../helpers/world';

interface Entry {
  seq: number;
  kind: string;
  amount: number;
  balanceAfter: number;
  jobId: string;
}

let world: World;
let user: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_POINTS_PER_CHANGE: '1000', MAX_BALANCE: '1500' } });
});
beforeEach(async () => {
  user = await world.user({ points: 700 });
});
afterAll(() => world?.close());

const change = (verb: 'charges' | 'uses', amount: unknown) =>
  world.client.command<Job>('post', `/v1/points/${verb}`, { ...user, body: { amount } });
const balance = async () => (await world.client.send('get', '/v1/points', user)).body.balance;

test('charges and uses change the balance and are listed, newest first', async () => {
  const used = await change('uses', 200);
  expect(used.body).toMatchObject({ status: 'done', result: { amount: 200, balance: 500 } });
  expect(await balance()).toBe(500);
  const { body } = await world.client.send<{ items: Entry[] }>('get', '/v1/points/history', user);
  expect(body).toMatchObject({
    items: [
      { seq: 2, kind: 'use', amount: 200, balanceAfter: 500, jobId: used.body.id },
      { seq: 1, kind: 'charge', amount: 700, balanceAfter: 700 },
    ],
    nextCursor: null,
  });
});

test('the ledger page by page', async () => {
  for (const amount of [1, 2, 3, 4]) await change('uses', amount);
  const seen: number[] = [];
  let next: string | null = '';
  while (next !== null) {
    const path: string = `/v1/points/history?limit=2${next === '' ? '' : `&cursor=${next}`}`;
    const { body } = await world.client.send<{ items: Entry[]; nextCursor: string | null }>('get', path, user);
    seen.push(...body.items.map(({ seq }) => seq));
    next = body.nextCursor;
  }
  expect(seen).toEqual([5, 4, 3, 2, 1]);
});

test('somebody who never charged has zero points and no history', async () => {
  const nobody = await world.user();
  expect((await world.client.send('get', '/v1/points', nobody)).body).toEqual({ balance: 0 });
  expect((await world.client.send('get', '/v1/points/history', nobody)).body).toEqual({ items: [], nextCursor: null });
});

const odd = [0, -1, -0.5, 1.5, 1001, 1e300, '5', null, undefined, [5], { $gt: 0 }, true];
test.each(odd.flatMap((amount) => [['charges', amount] as const, ['uses', amount] as const]))(
  '%s of %j: 400 naming the field, nothing accepted or changed',
  async (verb, amount) => {
    const before = await snapshot(world);
    const answer = await change(verb, amount);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    const { errors } = answer.body as unknown as { errors: unknown[] };
    expect(errors).toContainEqual({ path: 'body.amount', message: expect.any(String) });
    expect(await world.context.models.commands.countDocuments({ userId: user.id })).toBe(1);
    expect(await snapshot(world)).toEqual(before);
  },
);

test('a use above the balance: refused, nothing changed', async () => {
  const before = await snapshot(world);
  const answer = await change('uses', 701);
  expect(answer).toMatchObject({
    status: 202,
    body: { status: 'refused', result: null, problem: { code: 'POINTS_INSUFFICIENT', status: 409 } },
  });
  expect(await snapshot(world)).toEqual(before);
  expect((await change('uses', 700)).body).toMatchObject({ status: 'done', result: { balance: 0 } });
});

test('a charge above the highest balance: refused, nothing changed', async () => {
  const before = await snapshot(world);
  const answer = await change('charges', 801);
  expect(answer.body).toMatchObject({ status: 'refused', problem: { code: 'BALANCE_LIMIT_EXCEEDED' } });
  expect(await snapshot(world)).toEqual(before);
});
