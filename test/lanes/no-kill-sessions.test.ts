import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientSession } from 'mongodb';
import { newCommand } from '../../shared/commands/new-command';
import { type Context, openContext } from '../../shared/context';
import { readLaneBacklogs } from '../../shared/metrics/lane-backlog';
import { native } from '../../shared/models';
import { databaseUri, openStores, type Stores } from '../../tools/stack/stores';
import type { LaneOwner } from '../../workers/lanes/own-lanes';
import { startWorkers } from '../../workers/start-workers';
import { takeLane } from '../helpers/take-lane';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

/** How long MongoDB keeps a transaction of a dead process. */
const lifetimeSeconds = 6;
const lane = 'wallet-00';

let stores: Stores;
let world: World;
let context: Context;
let owner: LaneOwner;
let dead: ClientSession;

/** A MongoDB that ends no sessions for this user, and an owner that died in a transaction which has its fence locked. */
beforeAll(async () => {
  const mongodArgs = ['--setParameter', 'enableTestCommands=1'];
  stores = await openStores({ name: 'test', log: () => undefined, mongodArgs });
  const uris = { MONGODB_URI: databaseUri(stores.mongod.uri, 'no-kill'), REDIS_URL: stores.redis.uri };
  const settings = { ...uris, LEASE_MS: '1000', WALLET_LANES: '4' };
  world = await startWorld({ settings, workers: false, cleanUp: false });
  const { models, connection } = world.context;
  const admin = connection.db?.admin();
  await admin?.command({ setParameter: 1, transactionLifetimeLimitSeconds: lifetimeSeconds });
  const data = { failCommands: ['killSessions'], errorCode: 13 };
  await admin?.command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
  context = await openContext(world.config, 'workers', world.clock);
  const first = await startWorkers(context);
  await until('the first worker has all', () => first.lanes().length === 6);
  await first.stop();
  dead = connection.getClient().startSession();
  for (const name of [lane, 'wallet-01']) await takeLane(models, name, 'worker_dead', dead, 1);
  dead.startTransaction();
  await native(models, 'fences').updateOne({ _id: lane }, { $inc: { position: 1 } }, { session: dead });
}, 60_000);
afterAll(async () => {
  await owner?.stop();
  await context?.lifecycle.close();
  await dead?.endSession();
  await world?.close();
  await stores?.close();
}, 60_000);

const notEnded = async () => (await context.metrics.deadSessionsNotEnded.get()).values[0]?.value;

test('a worker that may not end sessions takes the lanes of a dead owner over all the same', async () => {
  const { models } = world.context;
  const request = { kind: 'points.charge', payload: { amount: 5 }, userId: userOf(lane), key: 'k' } as const;
  const command = newCommand(world.config, world.context.newId('job'), request, new Date(world.clock.now()));
  expect(command.lane).toBe(lane);
  await models.commands.create(command);
  const warn = jest.spyOn(context.logger, 'warn');
  owner = await startWorkers(context);

  await until('it has all lanes but the locked one', () => owner.lanes().length === 5);
  // It has the lease, and can't commit yet: nobody owns the lane as far as an operator is concerned.
  expect((await native(models, 'lanes').findOne({ _id: lane }))?.owner).not.toBe('worker_dead');
  const numbers = await readLaneBacklogs(context);
  expect(numbers.filter(({ owned }) => !owned)).toEqual([
    { lane, owned: false, unfinished: 1, oldestSeconds: expect.any(Number) },
  ]);
  const { body } = await world.client.send('get', '/v1/admin/lanes', { token: (await world.admin()).token });
  const shown = (body as { items: { lane: string; owner: string | null }[] }).items;
  expect(shown.filter((one) => one.owner === null).map((one) => one.lane)).toEqual([lane]);

  await until('it has all lanes', () => owner.lanes().length === 6, 3 * lifetimeSeconds * 1000);
  const done = async () => (await models.commands.findById(command._id).lean())?.status === 'done';
  await until('what waited in the lane is carried out', done);
  expect((await readLaneBacklogs(context)).every(({ owned }) => owned)).toBe(true);
  // Two lanes of a dead owner: counted twice, logged once.
  expect(await notEnded()).toBe(2);
  const logged = warn.mock.calls.filter(([, text]) => text?.startsWith('session of a dead owner not ended'));
  expect(logged).toHaveLength(1);
}, 40_000);

test('what MongoDB refuses the user as such is tried again with pauses, and no command is blamed for it', async () => {
  const { connection, models } = world.context;
  const admin = connection.db?.admin();
  const data = { failCommands: ['commitTransaction'], errorCode: 13 };
  await admin?.command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
  const error = jest.spyOn(context.logger, 'error');
  const user = await world.user();
  const charge = { token: user.token, body: { amount: 1 }, wait: null };
  const { body } = await world.client.command<{ id: string }>('post', '/v1/points/charges', charge);
  await until('it is refused', () => error.mock.calls.length > 2);
  await sleep(2000);
  expect(error.mock.calls.length).toBeLessThan(15);
  expect(error.mock.calls.every(([, text]) => text === 'batch not committed')).toBe(true);
  await admin?.command({ configureFailPoint: 'failCommand', mode: 'off' });
  await until('it is done', async () => (await models.commands.findById(body.id).lean())?.status === 'done');
}, 30_000);

function userOf(name: string): string {
  for (let i = 0; ; i += 1) {
    const request = { kind: 'points.charge', payload: { amount: 1 }, userId: `user_${i}`, key: `${i}` } as const;
    if (newCommand(world.config, 'job', request, new Date()).lane === name) return request.userId;
  }
}
