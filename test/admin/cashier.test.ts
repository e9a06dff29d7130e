import type { Job, TestUser } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
let cashier: TestUser;
let user: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { CHARGES: 'service', MAX_POINTS_PER_CHANGE: '1000', MAX_BALANCE: '1500' } });
  cashier = await world.cashier();
});
beforeEach(async () => {
  user = await world.user();
});
afterAll(() => world?.close());

const body = { amount: 700, reference: 'Receipt 7' };
const charge = (options: object = {}) =>
  world.client.command<Job>('post', `/v1/admin/users/${user.id}/points/charges`, { ...cashier, body, ...options });
const balance = async () => (await world.client.send('get', '/v1/points', user)).body.balance;

test('a cashier charges a user, who sees the entry and the job', async () => {
  const answer = await charge();
  expect(answer).toMatchObject({ status: 202, body: { status: 'done', result: { amount: 700, balance: 700 } } });
  expect(answer.headers.location).toBeUndefined();
  const { body: ledger } = await world.client.send('get', '/v1/points/history', user);
  expect(ledger.items).toMatchObject([{ kind: 'charge', amount: 700, balanceAfter: 700, jobId: answer.body.id }]);
  expect((await world.client.send('get', `/v1/jobs/${answer.body.id}`, user)).status).toBe(200);
});

test('who, how much and what for is among the actions, once for each charge that was accepted', async () => {
  const { models } = world.context;
  const answer = await charge({ key: 'one' });
  const again = await charge({ key: 'one' });
  expect([again.body.id, again.headers['idempotency-replayed']]).toEqual([answer.body.id, 'true']);
  const actions = await models.adminActions.find({ target: user.id }).lean();
  expect(actions).toMatchObject([
    {
      adminId: cashier.id,
      action: 'points.charge',
      details: { ...body, jobId: answer.body.id },
    },
  ]);
  const command = await models.commands.findById(answer.body.id).orFail().lean();
  expect(command.payload).toEqual({ ...body, actionId: actions[0]?._id });
  expect(await balance()).toBe(700);
});

test('the same key with another body is a mistake, and leaves nothing', async () => {
  await charge({ key: 'one' });
  const other = await charge({ key: 'one', body: { ...body, amount: 1 } });
  expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  expect(await world.context.models.adminActions.countDocuments({ target: user.id })).toBe(1);
});

test('many with the same key at once are one charge', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => charge({ key: 'rush' })));
  expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
  expect(await balance()).toBe(700);
  expect(await world.context.models.adminActions.countDocuments({ target: user.id })).toBe(1);
});

test('a key of the user and the same key of the cashier have nothing to do with each other', async () => {
  await charge({ key: 'same' });
  const used = await world.client.command<Job>('post', '/v1/points/uses', {
    ...{ ...user, key: 'same', body: { amount: 100 } },
  });
  expect(used.body).toMatchObject({ status: 'done', result: { balance: 600 } });
});

test('beyond the highest balance the job is refused, and the action says who tried', async () => {
  await charge();
  await charge();
  const third = await charge();
  expect(third.body).toMatchObject({ status: 'refused', problem: { code: 'BALANCE_LIMIT_EXCEEDED' } });
  expect(await balance()).toBe(1400);
});

test('nobody else may: not the user, not an admin, and nobody without a reference', async () => {
  const admin = await world.admin();
  expect(await charge({ token: user.token })).toMatchObject({ status: 403, body: { code: 'CASHIER_REQUIRED' } });
  expect(await charge({ token: admin.token })).toMatchObject({ status: 403, body: { code: 'CASHIER_REQUIRED' } });
  const { body: refused } = await charge({ body: { amount: 5 } });
  expect(refused).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'body.reference' }] });
  const path = '/v1/admin/actions';
  expect(await world.client.send('get', path, cashier)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
});

test('a user does not charge the own wallet, and learns why', async () => {
  const own = { ...user, body: { amount: 5 } };
  expect(await world.client.command('post', '/v1/points/charges', own)).toMatchObject({
    status: 403,
    body: { code: 'CHARGES_CLOSED', charges: 'service' },
  });
  expect(await balance()).toBe(0);
});

test('the name cashier needs the password', async () => {
  const guess = { body: { name: 'Cashier', password: 'a guess' } };
  expect((await world.client.send('post', '/v1/sign-in', guess)).status).toBe(401);
});
