import { type Context, openContext } from '../../shared/context';
import { native } from '../../shared/models';
import { entriesPerUser, generateDatabase } from '../../tools/bench/audit/generate-database';
import { runAudit } from '../../workers/audit/run-audit';
import { migrated } from '../helpers/migrated';
import { testConfig } from '../helpers/test-config';

const users = 400;
let context: Context;

beforeAll(async () => {
  context = await openContext(await migrated(testConfig()), 'audit');
  await generateDatabase(context.models, users, Date.now());
});

afterAll(async () => {
  await context.connection.dropDatabase();
  await context.lifecycle.close();
});

test('a database of many batches is read to its end', async () => {
  const { violations, checks } = await runAudit(context);
  expect(violations).toEqual([]);
  const checked = Object.fromEntries(checks.map((check) => [check.invariant, check.checked]));
  expect(checked).toMatchObject({ I1: users, I2: users * entriesPerUser, I4: users * 2, I8: users * 3 });
});

test.each([0, users / 2, users - 1])('a single point too many, at user %i, is named', async (user) => {
  const _id = `user_${String(user).padStart(8, '0')}`;
  await native(context.models, 'wallets').updateOne({ _id }, { $inc: { balance: 1 } });
  const { violations } = await runAudit(context);
  await native(context.models, 'wallets').updateOne({ _id }, { $inc: { balance: -1 } });
  expect(violations).toEqual([expect.objectContaining({ invariant: 'I1', ids: [_id] })]);
});

test('an audit that is told to stop does', async () => {
  const stop = new AbortController();
  const running = runAudit({ ...context, signal: stop.signal });
  stop.abort(new Error('told to stop'));
  await expect(running).rejects.toThrow('told to stop');
});
