import type { CommandDoc } from '../../shared/commands/command.model';
import { native } from '../../shared/models';
import type { Job, TestUser } from '../helpers/builders';
import { type Heard, type ListenOptions, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let user: TestUser;
const open: Heard[] = [];
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
beforeEach(async () => {
  user = await world.user();
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => world?.close());

async function watch(options: ListenOptions = {}): Promise<Heard> {
  const heard = await listen(`${world.url}/v1/jobs/events`, { token: user.token, ...options });
  open.push(heard);
  return heard;
}

const idsOf = (heard: Heard) => heard.received<Job>('job').map(({ id }) => id);

/** Commands of the user that all became final in one instant. @returns their ids, in order */
async function finished(count: number, agoMs: number): Promise<string[]> {
  const at = new Date(world.clock.now() - agoMs);
  const commands = Array.from({ length: count }, (): CommandDoc => {
    const _id = world.context.newId('job');
    return {
      ...{ _id, kind: 'points.charge', lane: 'wallet-00', userId: user.id, payload: { amount: 1 }, key: _id },
      ...{ fingerprint: 'made', status: 'done', acceptedAt: at, dueAt: at, finishedAt: at },
      ...{ result: { amount: 1, balance: 1 }, problem: null, epoch: 1, position: 0 },
    };
  });
  await native(world.context.models, 'commands').insertMany(commands);
  return commands.map(({ _id }) => _id);
}

test.each([1000, 5000])('of %i commands that ended in one instant each is sent once, in order', async (count) => {
  const ids = await finished(count, 20_000);
  const heard = await watch();
  await until('all are sent', () => idsOf(heard).length >= count);
  expect(idsOf(heard)).toEqual(ids);
});

test('who is cut off in the middle of one instant gets on from there, and so to its end', async () => {
  const ids = await finished(1000, 20_000);
  const sent: string[] = [];
  let lastEventId: string | undefined;
  while (sent.length < ids.length) {
    const heard = await watch({ lastEventId });
    await until('some more are sent', () => idsOf(heard).length > 0);
    heard.close();
    sent.push(...idsOf(heard));
    lastEventId = heard.lastEventId();
  }
  expect(sent).toEqual(ids);
});

test('an event that others may have preceded is gone back behind', async () => {
  const [early = ''] = await finished(1, 3000);
  const [late = ''] = await finished(1, 1000);
  const heard = await watch();
  await until('both are sent', () => idsOf(heard).length === 2);
  const again = await watch({ lastEventId: heard.lastEventId() });
  await until('both are sent again', () => idsOf(again).length === 2);
  expect(idsOf(again)).toEqual([early, late]);
});

test('what ends while more than a page is read is sent as well, once', async () => {
  const ids = await finished(2500, 5000);
  const heard = await watch();
  await until('it has begun', () => idsOf(heard).length > 0);
  ids.push(...(await finished(600, 0)));
  await until('all are sent', () => idsOf(heard).length >= ids.length);
  expect([...idsOf(heard)].sort()).toEqual([...ids].sort());
});
