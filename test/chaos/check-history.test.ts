import type { Connection } from 'mongoose';
import type { CommandDoc } from '../../shared/commands/command.model';
import { newCommand } from '../../shared/commands/new-command';
import { bindModels, type Models, native } from '../../shared/models';
import { openMongo } from '../../shared/platform/mongo';
import { checkHistory } from '../../tools/chaos/check/check-history';
import { checkLanes } from '../../tools/chaos/check/check-lanes';
import { type CommandRecord, createHistory, newRecord } from '../../tools/chaos/load/history';
import { testConfig } from '../helpers/test-config';

const config = testConfig();
let connection: Connection;
let models: Models;
beforeAll(async () => {
  connection = await openMongo(config.MONGODB_URI, 'test');
  models = bindModels(connection);
});
afterAll(async () => {
  await connection?.dropDatabase();
  await connection?.close();
});
beforeEach(async () => {
  await native(models, 'commands').deleteMany({});
  await native(models, 'holds').deleteMany({});
  await native(models, 'fences').deleteMany({});
});

const result = { amount: 5, balance: 5 };

/** A charge that was carried out at a place of its lane. */
function charged(number: number, changes: Partial<CommandDoc> = {}): CommandDoc {
  const request = { kind: 'points.charge', payload: { amount: 5 }, userId: 'u', key: `key-${number}` } as const;
  const now = new Date();
  const done = { status: 'done', finishedAt: now, result, epoch: 1, position: number } as const;
  return { ...newCommand(config, `job_${number}`, request, now), ...done, ...changes };
}

/** What its client saw. */
function seen(number: number, changes: Partial<CommandRecord> = {}): CommandRecord {
  const command = { key: `key-${number}`, userId: 'u', kind: 'points.charge', method: 'POST', path: '/' } as const;
  const outcome = { status: 'done', result: { balance: 5, amount: 5 }, code: null };
  return { ...newRecord({ ...command, body: {} }), jobId: `job_${number}`, outcome, ...changes };
}

async function check(commands: CommandDoc[], records: CommandRecord[]): Promise<string[]> {
  if (commands.length > 0) await native(models, 'commands').insertMany(commands);
  return (await checkHistory(models, { ...createHistory(), records })).broken;
}

test('what was seen is what is there', async () => {
  expect(await check([charged(1), charged(2)], [seen(1), seen(2)])).toEqual([]);
});

test('an answer that never came may have been accepted or not', async () => {
  const lost = { jobId: null, outcome: null, lostTries: 1 };
  expect(await check([charged(1)], [seen(1, lost), seen(2, lost)])).toEqual([]);
});

test.each([
  ['a command that is gone', [], [seen(1)], /answered 202 and is not there/],
  ['a command that nobody sent', [charged(1)], [], /nobody sent it/],
  ['a command that is there twice', [charged(1), charged(2, { key: 'key-1' })], [seen(1)], /twice/],
  ['another outcome', [charged(1, { result: { amount: 5, balance: 6 } })], [seen(1)], /seen .* it is/],
  [
    'a done one that was seen refused',
    [charged(1)],
    [seen(1, { outcome: { status: 'refused', result: null, code: 'BALANCE_LIMIT_EXCEEDED' } })],
    /seen .* it is/,
  ],
  ['no final outcome', [charged(1, { status: 'accepted' })], [seen(1, { outcome: null })], /no final outcome/],
  ['an outcome that never came', [charged(1)], [seen(1, { outcome: null })], /never saw an outcome/],
  ['another id', [charged(1)], [seen(1, { jobId: 'job_2' })], /was answered job_2/],
  [
    'done after a no',
    [charged(1)],
    [seen(1, { jobId: null, outcome: null, refusedAtDoor: 'OVERLOADED' })],
    /OVERLOADED/,
  ],
] as [string, CommandDoc[], CommandRecord[], RegExp][])('named: %s', async (_, commands, records, message) => {
  expect(await check(commands, records)).toContainEqual(expect.stringMatching(message));
});

test('named: the end of a hold that was read and is another one now', async () => {
  const history = { ...createHistory(), endedHolds: new Map([['hold_1', 'expired']]) };
  expect((await checkHistory(models, history)).broken).toEqual(['hold_1 was read as expired and is not there']);
});

const fence = { _id: '', epoch: 3, position: 10, touchedAt: new Date() };

async function checkPlaces(places: Pick<CommandDoc, 'epoch' | 'position'>[]): Promise<string[]> {
  const commands = places.map((place, index) => charged(index, place));
  await native(models, 'commands').insertMany(commands);
  await native(models, 'fences').insertOne({ ...fence, _id: commands[0]?.lane ?? '' });
  return checkLanes(models);
}

test('a history whose epochs go up is that of a fence that held', async () => {
  const places = [
    { epoch: 1, position: 2 },
    { epoch: 1, position: 3 },
    { epoch: 3, position: 5 },
  ];
  expect(await checkPlaces(places)).toEqual([]);
});

test.each([
  [
    'a late write of an earlier owner',
    [
      { epoch: 3, position: 2 },
      { epoch: 2, position: 3 },
    ],
    /epoch 2, came after/,
  ],
  [
    'a place taken twice',
    [
      { epoch: 1, position: 2 },
      { epoch: 1, position: 2 },
    ],
    /both at 2/,
  ],
  ['a place that the fence has not reached', [{ epoch: 1, position: 10 }], /beyond the fence/],
  ['an epoch that the fence has not reached', [{ epoch: 4, position: 1 }], /beyond the fence/],
])('named: %s', async (_, places, message) => {
  expect(await checkPlaces(places)).toEqual([expect.stringMatching(message)]);
});
