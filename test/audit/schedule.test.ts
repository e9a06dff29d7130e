import { type Context, openContext } from '../../shared/context';
import { native } from '../../shared/models';
import type { AuditResult } from '../../workers/audit/run-audit';
import { type ScheduleOptions, scheduleAudit } from '../../workers/audit/schedule-audit';
import { takeTurn } from '../../workers/audit/turn';
import { migrated } from '../helpers/migrated';
import { testConfig } from '../helpers/test-config';
import { until } from '../helpers/until';

let context: Context;
const schedules: { stop(): Promise<void> }[] = [];

beforeEach(async () => {
  context = await openContext(await migrated(testConfig()), 'audit');
});

afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.stop();
  await context.connection.dropDatabase();
  await context.lifecycle.close();
});

function schedule(options: Partial<ScheduleOptions>): AuditResult[] {
  const results: AuditResult[] = [];
  const onResult = (result: AuditResult) => void results.push(result);
  schedules.push(scheduleAudit(context, { everyMs: 60_000, pollMs: 20, leaseMs: 300, onResult, ...options }));
  return results;
}

test('of several workers one audits, and the others leave it at that', async () => {
  const schedulesOf = native(context.models, 'schedules');
  const looks = jest.spyOn(schedulesOf, 'findOneAndUpdate');
  const results = [schedule({}), schedule({}), schedule({})];
  await until('one audit', () => results.flat().length > 0);
  await until('the turn is given back', async () => (await schedulesOf.findOne({ _id: 'audit' }))?.owner === null);
  const before = looks.mock.calls.length;
  await until('everybody has looked since', () => looks.mock.calls.length > before + 8);
  expect(results.flat()).toHaveLength(1);
});

test('it comes again, and again', async () => {
  const results = schedule({ everyMs: 50 });
  await until('three audits', () => results.length >= 3);
  expect(results.every(({ broken }) => broken === 0)).toBe(true);
});

test('what is broken is logged as errors and handed on', async () => {
  await native(context.models, 'wallets').insertOne({ _id: 'user_new', balance: 5, seq: 0 });
  const errors = jest.spyOn(context.logger, 'error').mockImplementation(() => {});
  const results = schedule({});
  await until('an audit', () => results.length > 0);
  expect(results[0]?.broken).toBe(1);
  expect(errors.mock.calls).toContainEqual([
    { invariant: 'I1', ids: ['user_new'] },
    expect.stringContaining('the wallet holds 5'),
  ]);
});

test('a worker that dies in its turn loses it when its lease ends', async () => {
  const turn = await takeTurn(context.models, 'worker_dead', 300);
  expect(turn).not.toBeNull();
  expect(await takeTurn(context.models, 'worker_early', 300)).toBeNull();
  const results = schedule({});
  await until('another one audits', () => results.length > 0);
  // What the dead one does afterwards changes nothing.
  await turn?.end(0);
  expect((await native(context.models, 'schedules').findOne({ _id: 'audit' }))?.owner).not.toBe('worker_dead');
});
