import type { CommandDoc } from '../../shared/commands/command.model';
import { laneOf } from '../../shared/commands/lane-of';
import { newCommand } from '../../shared/commands/new-command';
import { encodeStored, storedChannel } from '../../shared/commands/stored-channel';
import { native } from '../../shared/models';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

/** Null: nobody waits. Else whether a batch that is about to begin waits until there are two commands. */
let gathers: boolean | null = null;

jest.mock('../../workers/lanes/gathering', () => ({
  createGathering: () => ({
    async wait(waiting: () => number) {
      if (gathers === null) return;
      gathers = true;
      await until('the second command is there', () => waiting() >= 2);
    },
    learn() {},
  }),
}));

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { SWEEP_MS: '60000', WALLET_LANES: '1' } });
});
afterAll(() => world?.close());

function charge(userId: string, amount: number): CommandDoc {
  const { config, newId, clock } = world.context;
  const request = { kind: 'points.charge', payload: { amount }, userId, key: newId('key') } as const;
  return newCommand(config, newId('job'), request, new Date(clock.now()));
}
const store = (command: CommandDoc) => native(world.context.models, 'commands').insertOne(command);
const publish = (command: CommandDoc, previous: string) =>
  world.context.redis.publish(
    storedChannel(world.config),
    encodeStored({ from: 'api_1', commands: [{ command, previous }] }),
  );
const isDone = async (id: string) => (await world.context.models.commands.findById(id).lean())?.status === 'done';

test('a gap that shows while a batch waits for more is closed before the batch', async () => {
  const [first, lost, next] = [charge('user_1', 1), charge('user_2', 2), charge('user_2', 3)];
  expect(laneOf(world.config, 'points.charge', { amount: 1 }, 'user_1')).toBe(lost.lane);
  // What a worker that has just taken its lanes reads, it has read.
  await world.user({ points: 1 });
  gathers = false;
  await store(first);
  // The first message of an API process names a lane's first command: no gap.
  await publish(first, '');
  await until('the batch gathers', () => gathers);
  await store(lost);
  await store(next);
  await publish(next, lost._id);
  await until('all are done', async () => (await isDone(next._id)) && (await isDone(lost._id)));
  const entries = await world.context.models.pointEntries.find({ userId: 'user_2' }).sort({ seq: 1 }).lean();
  expect(entries.map(({ commandId }) => commandId)).toEqual([lost._id, next._id]);
});
