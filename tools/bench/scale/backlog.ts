import { setTimeout as sleep } from 'node:timers/promises';
import { newCommand } from '../../../shared/commands/new-command';
import { enqueue } from '../../../shared/commands/queues';
import { type Context, openContext } from '../../../shared/context';
import { native } from '../../../shared/models';
import { loadConfig } from '../../../shared/platform/config';
import { checkLanes } from '../../chaos/check/check-lanes';
import { migrate } from '../../operate/migrate/run-migrations';
import { startWorkers } from '../../stack/product';
import type { ClusterStores } from '../../stack/stores';
import { clusterSettings, untilShares } from './measure';

const lanes = 16;

/** What happened while all lanes had work. */
interface Event {
  what: string;
  /** Until the lanes are shared fairly among the workers that are left. */
  fairMs: number;
  pauses: Pauses;
}

export interface BacklogResult {
  events: Event[];
  /** Of the lanes' histories: empty when each lane had one owner at a time. */
  violations: string[];
  /** Commands of one user that took effect in another order than they were accepted in. */
  inversions: number;
}

/** A worker joins, one stops, one is killed, in the middle of a backlog of commands. */
export async function measureBacklog(stores: ClusterStores, commands: number): Promise<BacklogResult> {
  const settings = clusterSettings(stores, 'backlog');
  await migrate(settings.MONGODB_URI ?? '');
  const context = await openContext(loadConfig(settings), 'bench');
  const start = (name: string) => startWorkers({ name, env: settings });
  const events: Event[] = [];
  const running = new Set<Awaited<ReturnType<typeof start>>>();
  const begin = async (name: string) => {
    const worker = await start(name);
    running.add(worker);
    return worker;
  };
  const note = async (what: string, since: Date, shares: number[]) => {
    events.push(await observe(context, what, since, shares));
  };
  const half = [lanes / 2, lanes / 2];
  try {
    await makeBacklog(context, commands);
    const first = await begin('first');
    await untilShares(context, [lanes]);
    // A worker that has just started is slower.
    await sleep(2000);
    await note('nothing happens, one worker', new Date(), [lanes]);
    const second = await begin('second');
    await note('a worker joins (from its first sign of life)', await untilJoined(context, 2), half);
    await note('nothing happens, two workers', new Date(), half);
    const stopped = new Date();
    first.process.kill('SIGTERM');
    await note('a worker stops (SIGTERM)', stopped, [lanes]);
    await begin('third');
    await untilShares(context, half);
    const killed = new Date();
    second.process.kill('SIGKILL');
    await note('a worker is killed (SIGKILL)', killed, [lanes]);
    while (await context.models.commands.exists({ status: 'accepted' })) await sleep(100);
    return { events, violations: await checkLanes(context.models), inversions: await countInversions(context) };
  } finally {
    await Promise.all([...running].map((worker) => worker.stop()));
    await context.connection.dropDatabase();
    await context.lifecycle.close();
  }
}

/** Stores and enqueues charges of many users at once, spread over all wallet lanes, as a rush would. */
async function makeBacklog({ config, models, queues, newId, clock }: Context, commands: number): Promise<void> {
  const users = Array.from({ length: 500 }, () => newId('user'));
  const part = 1000;
  for (let made = 0; made < commands; made += part) {
    const at = new Date(clock.now());
    const batch = Array.from({ length: part }, (_, i) => {
      const userId = users[(made + i) % users.length] as string;
      const request = { kind: 'points.charge', payload: { amount: 1 }, userId, key: newId('key') } as const;
      return newCommand(config, newId('job'), request, at);
    });
    await native(models, 'commands').insertMany(batch, { ordered: true });
    await enqueue(queues, batch, clock.now());
  }
}

async function observe(context: Context, what: string, since: Date, shares: number[]): Promise<Event> {
  await untilShares(context, shares);
  const fairMs = Date.now() - since.getTime();
  // Long enough for every lane to have gone on.
  await sleep(1500);
  if (!(await context.models.commands.exists({ status: 'accepted' }))) throw new Error(`${what}: the backlog ran out`);
  return { what, fairMs, pauses: await longestPauses(context, since, new Date()) };
}

async function untilJoined({ models }: Context, count: number): Promise<Date> {
  const alive = { $expr: { $gt: ['$leaseUntil', '$$NOW'] } };
  while ((await native(models, 'workers').countDocuments(alive)) < count) await sleep(5);
  return new Date();
}

async function countInversions({ models }: Context): Promise<number> {
  const inOrder = native(models, 'commands')
    .find({ status: 'done' }, { projection: { lane: 1, userId: 1 } })
    .sort({ lane: 1, position: 1 })
    .allowDiskUse();
  const lastOf = new Map<string, string>();
  let inversions = 0;
  for await (const { _id, lane, userId } of inOrder) {
    const user = `${lane} ${userId}`;
    if ((lastOf.get(user) ?? '') > _id) inversions += 1;
    lastOf.set(user, _id);
  }
  return inversions;
}

/** How long lanes with work stood still, ms: the longest of those that changed hands (null: none did), and of all. */
interface Pauses {
  handOver: number | null;
  any: number;
}

/** @param from effects before it don't count, but as the beginning of a pause */
async function longestPauses({ models }: Context, from: Date, to: Date): Promise<Pauses> {
  const before = new Date(from.getTime() - 2000);
  const effects = await native(models, 'commands')
    .aggregate<{ lane: string; at: Date; epoch: number }>([
      { $match: { finishedAt: { $gte: before, $lte: to } } },
      { $group: { _id: { lane: '$lane', at: '$finishedAt', epoch: '$epoch' } } },
      { $replaceRoot: { newRoot: '$_id' } },
      { $sort: { lane: 1, at: 1 } },
    ])
    .toArray();
  const pauses = effects.slice(1).flatMap((effect, i) => {
    const last = effects[i];
    if (last?.lane !== effect.lane || effect.at < from) return [];
    return { ms: effect.at.getTime() - last.at.getTime(), handOver: last.epoch !== effect.epoch };
  });
  const longest = (of: typeof pauses) => Math.max(0, ...of.map(({ ms }) => ms));
  const handOvers = pauses.filter(({ handOver }) => handOver);
  return { handOver: handOvers.length > 0 ? longest(handOvers) : null, any: longest(pauses) };
}
