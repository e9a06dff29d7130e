import { confirmStored } from '../../api/commands/command-store';
import type { CommandDoc } from '../../shared/commands/command.model';
import { newCommand } from '../../shared/commands/new-command';
import { encodeStored, storedChannel } from '../../shared/commands/stored-channel';
import { native } from '../../shared/models';
import { runBatch } from '../../workers/batches/run-batch';
import { OutOfDate, write } from '../../workers/batches/write-batch';
import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

// Workers hear of commands from Redis, which may lose messages, and which anybody with access to it can write to.

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { SWEEP_MS: '300' } });
});
afterAll(() => world?.close());

const charge = (user: { token: string }, amount: number) =>
  world.client.command<Job>('post', '/v1/points/charges', { token: user.token, body: { amount } });
const entriesOf = (userId: string) => world.context.models.pointEntries.find({ userId }).sort({ seq: 1 }).lean();

function chargeOf(userId: string, amount: number): CommandDoc {
  const { config, newId, clock } = world.context;
  const request = { kind: 'points.charge', payload: { amount }, userId, key: newId('key') } as const;
  return newCommand(config, newId('job'), request, new Date(clock.now()));
}
const publish = (command: CommandDoc, previous = '') =>
  world.context.redis.publish(
    storedChannel(world.config),
    encodeStored({ from: 'api_of_somebody', commands: [{ command, previous }] }),
  );
/** In one message of an API process that nobody has heard of, so that no worker has missed any of its commands. */
function publishTogether(commands: readonly CommandDoc[]) {
  const stored = commands.map((command, index) => ({ command, previous: commands[index - 1]?._id ?? '' }));
  const message = encodeStored({ from: world.context.newId('api'), commands: stored });
  return world.context.redis.publish(storedChannel(world.config), message);
}
const store = (command: CommandDoc) => native(world.context.models, 'commands').insertOne(command);
const isFinal = (id: string) =>
  until('it is final', async () => {
    const command = await world.context.models.commands.findById(id).lean();
    return command?.status !== 'accepted' && command;
  });

test('a message about what is not stored does nothing, and holds nobody up', async () => {
  const user = await world.user();
  await publish(chargeOf(user.id, 1_000_000));
  expect((await charge(user, 5)).body).toMatchObject({ status: 'done', result: { balance: 5 } });
  expect(await entriesOf(user.id)).toHaveLength(1);
});

test('of a command whose message says something else, what is stored is carried out', async () => {
  const user = await world.user();
  const command = chargeOf(user.id, 7);
  await store(command);
  await publish({ ...command, payload: { amount: 1_000_000 } });
  expect(await isFinal(command._id)).toMatchObject({ status: 'done', result: { amount: 7, balance: 7 } });
});

test("a message can't have a command carried out for another user", async () => {
  const [user, other] = await Promise.all([world.user(), world.user()]);
  const command = chargeOf(user.id, 3);
  await store(command);
  await publish({ ...command, userId: other.id });
  await isFinal(command._id);
  expect((await entriesOf(user.id)).map(({ amount }) => amount)).toEqual([3]);
  expect(await entriesOf(other.id)).toEqual([]);
});

/** More than a batch decides from memory. */
const many = Array.from({ length: 12 }, (_, index) => index + 1);

test('of many commands whose messages say something else, what is stored is carried out', async () => {
  const user = await world.user();
  const commands = many.map((amount) => chargeOf(user.id, amount));
  await native(world.context.models, 'commands').insertMany(commands);
  await publishTogether(commands.map((command) => ({ ...command, payload: { amount: 1_000_000 } })));
  for (const { _id } of commands) await isFinal(_id);
  expect((await entriesOf(user.id)).map(({ amount }) => amount)).toEqual(many);
});

test('among many commands, those that are not stored and one that is final are left out', async () => {
  const user = await world.user();
  const [absent, stored] = [many, many].map((amounts) => amounts.map((amount) => chargeOf(user.id, amount)));
  const [final, ...others] = stored as [CommandDoc, ...CommandDoc[]];
  await native(world.context.models, 'commands').insertMany([{ ...final, status: 'done' }, ...others]);
  await publishTogether([...(absent ?? []), final, ...others]);
  for (const { _id } of others) await isFinal(_id);
  expect((await entriesOf(user.id)).map(({ commandId }) => commandId)).toEqual(others.map(({ _id }) => _id));
  await rests();
});

/** Resolves when nothing is tried again and again: each batch that is not decided from memory asks for the fences. */
async function rests(): Promise<void> {
  const { db } = world.context.models.fences;
  let [asked, looks] = [0, 0];
  await until('no batch runs for twenty looks', async () => {
    const { totals } = await db.getClient().db('admin').command({ top: 1 });
    const now = totals[`${db.name}.fences`].total.count;
    looks = now === asked ? looks + 1 : 0;
    asked = now;
    return looks === 20;
  });
}

const expiry = { holdId: 'hold_0', performanceId: 'performance_0', section: 'A', seatIds: ['seat_0'] };

describe.each([1, 12])('%d messages that name', (number) => {
  const chargesOf = (userId: string) => Array.from({ length: number }, () => chargeOf(userId, 1));

  /** Stores something else by the ids of some charges, and tells of the charges. */
  async function tellOtherwise(change: (command: CommandDoc) => Partial<CommandDoc>) {
    const user = await world.user();
    // From now on the lane's owner remembers enough to decide without reading.
    await charge(user, 1);
    const told = chargesOf(user.id);
    await native(world.context.models, 'commands').insertMany(told.map((one) => ({ ...one, ...change(one) })));
    await publishTogether(told);
    await rests();
    expect((await charge(user, 5)).body).toMatchObject({ status: 'done', result: { balance: 6 } });
    await native(world.context.models, 'commands').deleteMany({ _id: { $in: told.map(({ _id }) => _id) } });
  }
  const inAnHour = () => new Date(world.context.clock.now() + 3_600_000);

  test('what is due later have it carried out then, and hold nobody up', () =>
    tellOtherwise(() => ({ dueAt: inAnHour() })));

  test('ends of holds have them carried out then, and hold nobody up', () =>
    tellOtherwise(() => ({ kind: 'hold.expire', dueAt: inAnHour(), payload: expiry })));

  test('what is in a lane of nobody hold nobody up', () => tellOtherwise(() => ({ lane: 'wallet-99' })));
});

test('a batch all of whose commands have left with their lane meanwhile does nothing', async () => {
  const session = world.context.models.commands.db.getClient().startSession();
  const report = await runBatch(world.context, session, new Map([['wallet-00', 1]]), { commands: [], read: null });
  expect(report).toMatchObject({ read: [], decision: null });
  await session.endSession();
});

test('what is to be made beside changes, and is there already, ends the transaction', async () => {
  const [user, other] = await Promise.all([world.user({ points: 10 }), world.user({ points: 20 })]);
  const { models } = world.context;
  const change = { q: { _id: user.id }, u: { $set: { balance: 11 } } };
  const session = models.wallets.db.getClient().startSession();
  const attempt = () =>
    session.withTransaction(() => write(session, models, 'wallets', [change], [{ _id: other.id, balance: 0, seq: 0 }]));
  await expect(attempt()).rejects.toThrow(OutOfDate);
  await session.endSession();
  const wallets = await models.wallets.find({ _id: [user.id, other.id] }).lean();
  expect(wallets.map(({ balance }) => balance).sort()).toEqual([10, 20]);
});

test('a command whose message was lost comes before a later one of its lane', async () => {
  const user = await world.user();
  const [first, second] = [chargeOf(user.id, 1), chargeOf(user.id, 2)];
  await store(first);
  await store(second);
  await publish(second, first._id);
  await isFinal(second._id);
  expect((await entriesOf(user.id)).map(({ commandId }) => commandId)).toEqual([first._id, second._id]);
});

test('a command that no message and no job has named is found by the sweep', async () => {
  const user = await world.user();
  const command = chargeOf(user.id, 4);
  await store(command);
  expect((await isFinal(command._id)).status).toBe('done');
});

test('what is no message, or says the same again, is passed over', async () => {
  const user = await world.user();
  const command = chargeOf(user.id, 6);
  await store(command);
  for (const text of ['', 'job_1', '[]', '{"from":"a","commands":[{"_id":1}]}'])
    await world.context.redis.publish(storedChannel(world.config), text);
  for (const _again of [1, 2, 3]) await publish(command);
  await isFinal(command._id);
  await publish(command);
  expect((await charge(user, 1)).body.result).toMatchObject({ balance: 7 });
  expect(await entriesOf(user.id)).toHaveLength(2);
});

test('what others wrote to a wallet that a worker remembers is not overwritten', async () => {
  const user = await world.user({ points: 10 });
  const { models } = world.context;
  // Without its entry, whose number the ledger's unique index would guard as well.
  await models.wallets.updateOne({ _id: user.id }, { balance: 15, seq: 2 });
  expect((await charge(user, 1)).body).toMatchObject({ status: 'done', result: { balance: 16 } });
  expect((await entriesOf(user.id)).map(({ seq, balanceAfter }) => [seq, balanceAfter])).toEqual([
    [1, 10],
    [3, 16],
  ]);
});

test('nobody is refused because of what a worker remembers', async () => {
  const user = await world.user({ points: 10 });
  const { models } = world.context;
  await models.wallets.updateOne({ _id: user.id }, { balance: 100 });
  const use = { token: user.token, body: { amount: 50 } };
  expect((await world.client.command<Job>('post', '/v1/points/uses', use)).body).toMatchObject({
    status: 'done',
    result: { balance: 50 },
  });
});

test('a command that its primary lost before another node had it is not answered as accepted', async () => {
  const user = await world.user();
  await expect(confirmStored(world.context, chargeOf(user.id, 1))).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
  });
});
