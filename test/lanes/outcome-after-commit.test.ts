import { type CommandOutcome, decodeOutcomes, outcomeChannel } from '../../shared/commands/outcome-channel';
import { type Context, openContext } from '../../shared/context';
import { openSubscriber } from '../../shared/platform/redis';
import { startWorkers } from '../../workers/start-workers';
import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

// What was published can't be taken back: an outcome leaves the worker once a majority has acknowledged its commit, not before.

let world: World;
let worker: Context;
let outcomes: CommandOutcome[];
/** Commits that were asked for, and wait until they may go on. */
let held: (() => void)[] | null = null;

beforeAll(async () => {
  world = await startWorld({ workers: false });
  worker = await openContext(world.config, 'workers', world.clock);
  holdCommits(worker);
  const owner = await startWorkers(worker);
  worker.lifecycle.onClose('lanes', owner.stop);
  await until('all lanes are owned', () => owner.lanes().length === 4);
  const subscriber = await openSubscriber(world.config.REDIS_URL, worker.logger);
  worker.lifecycle.onClose('subscriber', () => subscriber.disconnect());
  subscriber.on('message', (_channel: string, message: string) => outcomes.push(...decodeOutcomes(message)));
  await subscriber.subscribe(outcomeChannel(world.config));
});
afterAll(async () => {
  for (const release of held ?? []) release();
  held = null;
  await worker?.lifecycle.close();
  await world?.close();
});
beforeEach(() => {
  outcomes = [];
});

/** While `held` is a list, no transaction of this process commits. */
function holdCommits({ connection }: Context): void {
  const client = connection.getClient();
  const start = client.startSession.bind(client);
  client.startSession = (options) => {
    const session = start(options);
    const commit = session.commitTransaction.bind(session);
    session.commitTransaction = async (...args) => {
      if (held) await new Promise<void>((resolve) => held?.push(resolve));
      return commit(...args);
    };
    return session;
  };
}

test('nobody hears of an outcome while its commit is not acknowledged', async () => {
  const user = await world.user();
  held = [];
  const charge = { token: user.token, body: { amount: 5 } };
  const early = await world.client.command<Job>('post', '/v1/points/charges', { ...charge, wait: 1 });
  expect(held).toHaveLength(1);
  expect(early.body.status).toBe('accepted');
  expect(outcomes).toEqual([]);
  const job = () => world.client.send<Job>('get', `/v1/jobs/${early.body.id}`, { token: user.token });
  expect((await job()).body.status).toBe('accepted');
  for (const release of held) release();
  held = null;
  const [outcome] = await until('it is published', () => outcomes.length > 0 && outcomes);
  expect(outcome).toMatchObject({ _id: early.body.id, status: 'done', result: { amount: 5, balance: 5 } });
  expect((await job()).body).toMatchObject({ status: 'done', finishedAt: outcome?.finishedAt?.toISOString() });
});
