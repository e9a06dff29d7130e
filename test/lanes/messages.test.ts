import { confirmStored } from '../../api/commands/command-store';
import type { CommandDoc } from '../../shared/commands/command.model';
import { newCommand } from '../../shared/commands/new-command';
import { encodeStored, storedChannel } from '../../shared/commands/stored-channel';
import { native } from '../../shared/models';
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
