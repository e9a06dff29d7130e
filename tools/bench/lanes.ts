import { setTimeout as sleep } from 'node:timers/promises';
import { native } from '../../shared/models';
import { charges } from './cases/charges';
import { makeBacklog } from './lanes/backlog';
import { type History, longestPauses, type Pauses, readHistory } from './lanes/history';
import { untilShares } from './lanes/shares';
import { closedLoop } from './load/closed-loop';
import { startNode, startStack } from './stack/processes';
import { benchSettings } from './stack/settings';
import { type BenchStores, startStores } from './stack/stores';
import { type BenchWorld, openWorld } from './stack/world';

/** `npm run bench:scale`: one, two and four workers; a worker that joins, stops, or is killed in the middle of a backlog. */
const backlogSize = 100_000;
const lanes = 16;
/** Of the load that tells the capacity. */
const [clients, warmUpSeconds, seconds] = [256, 3, 6];

async function capacityWith(stores: BenchStores, workers: number): Promise<number> {
  const name = `scale_${workers}`;
  const settings = settingsOf(stores, name);
  const stack = await startStack(settings, workers);
  const world = await openWorld(settings);
  await untilShares(world.context, Array(workers).fill(lanes / workers));
  const charge = (await charges.prepare({ ...world, port: stack.port }, 0))(true);
  await closedLoop(stack.port, clients, warmUpSeconds, charge);
  const { perSecond } = await closedLoop(stack.port, clients, seconds, charge);
  await stack.stop();
  await world.close();
  return perSecond;
}

interface Event {
  what: string;
  /** Until the lanes are shared fairly among those who are left. */
  fairMs: number;
  pauses: Pauses;
}

/** Each event happens while all lanes have work; the processes are real. */
async function eventsInBacklog(stores: BenchStores): Promise<{ events: Event[]; history: History }> {
  const settings = settingsOf(stores, 'scale_backlog');
  const world = await openWorld(settings);
  const { context } = world;
  await makeBacklog(context, backlogSize);
  const start = (name: string) => startNode(name, 'workers/main.js', settings);
  const events: Event[] = [];
  const first = start('first');
  await untilShares(context, [lanes]);
  // A worker that has just started is slower.
  await sleep(2000);
  events.push(await watch(world, 'nothing happens, one worker', new Date(), [lanes]));
  const half = [lanes / 2, lanes / 2];

  const second = start('second');
  const joined = await untilJoined(world, 2);
  events.push(await watch(world, 'a worker joins (from its first sign of life)', joined, half));
  events.push(await watch(world, 'nothing happens, two workers', new Date(), half));
  let moment = new Date();
  first.kill('SIGTERM');
  events.push(await watch(world, 'a worker stops (SIGTERM)', moment, [lanes]));
  await first.stop();
  const third = start('third');
  await untilShares(context, half);
  moment = new Date();
  second.kill('SIGKILL');
  events.push(await watch(world, 'a worker is killed (SIGKILL)', moment, [lanes]));
  while (await context.models.commands.exists({ status: 'accepted' })) await sleep(100);
  const history = await readHistory(context);
  await third.stop();
  await world.close();
  return { events, history };
}

async function watch({ context }: BenchWorld, what: string, moment: Date, wanted: number[]): Promise<Event> {
  await untilShares(context, wanted);
  const fairMs = Date.now() - moment.getTime();
  // Long enough for every lane to have gone on.
  await sleep(1500);
  if (!(await context.models.commands.exists({ status: 'accepted' }))) throw new Error(`${what}: the backlog ran out`);
  return { what, fairMs, pauses: await longestPauses(context, moment, new Date()) };
}

async function untilJoined({ context }: BenchWorld, count: number): Promise<Date> {
  for (;;) {
    const live = await native(context.models, 'workers').countDocuments({ $expr: { $gt: ['$leaseUntil', '$$NOW'] } });
    if (live >= count) return new Date();
    await sleep(5);
  }
}

function settingsOf(stores: BenchStores, name: string): Record<string, string> {
  const uri = stores.mongod.uri.replace('/frontrow?', `/${name}?`);
  return { ...benchSettings(uri, stores.redis.uri), QUEUE_PREFIX: name, MAX_BACKLOG_SECONDS: '3600' };
}

async function main(): Promise<void> {
  const stores = await startStores();
  try {
    console.log('| worker processes | charges per s | against one |\n|---|---|---|');
    let one = 0;
    for (const workers of [1, 2, 4]) {
      const perSecond = await capacityWith(stores, workers);
      one ||= perSecond;
      console.log(`| ${workers} | ${Math.round(perSecond)} | ${(perSecond / one).toFixed(2)} |`);
    }
    const { events, history } = await eventsInBacklog(stores);
    console.log(
      `\n| in a backlog of ${backlogSize} commands | fair shares after ms | longest pause of a lane that changed hands, ms | of any lane |\n|---|---|---|---|`,
    );
    for (const { what, fairMs, pauses } of events)
      console.log(`| ${what} | ${Math.round(fairMs)} | ${pauses.handOver ?? ''} | ${pauses.any} |`);
    console.log(`\n${history.finished} finished, ${history.overlaps} overlaps, ${history.inversions} order inversions`);
    if (history.overlaps + history.inversions > 0) process.exitCode = 1;
  } finally {
    await stores.stop();
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
