import { createRateLimiter } from '../../api/rate-limits/rate-limits';
import { allLanes } from '../../shared/commands/lane-of';
import { queuePrefix } from '../../shared/commands/queues';
import { createReadiness } from '../../shared/health/readiness';
import { openSubscriber } from '../../shared/platform/redis';
import { createWaitingRoom } from '../../shared/waiting-room/waiting-room';
import { runAudit } from '../../workers/audit/run-audit';
import type { Fan, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { type Api, type Stage, setStage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
}, 60_000);
afterAll(() => stage?.close());

/** By turns at both APIs. */
const api = (turn: number): Api => stage.apis[turn % 2 === 0 ? 0 : 1];

/** Where somebody stands; not told for a moment while the primary that knows is away. */
async function state(turn: number, fan: Fan, { concertId }: TestConcert) {
  const { status, body } = await api(turn).client.send('get', `/v1/concerts/${concertId}/queue-token`, fan);
  expect([200, 429, 503]).toContain(status);
  return body;
}

/** Waits to be let in, holds a seat, pays at the other API, and so makes room for the next. */
async function book(turn: number, fan: Fan, concert: TestConcert): Promise<void> {
  await until('let in', async () => (await state(turn, fan, concert)).status === 'active', 15_000);
  const hold = await until('held', () =>
    api(turn)
      .hold(fan, concert, [concert.seatIds[turn] ?? ''])
      .catch(passing),
  );
  const paid = await until('paid', async () => {
    const { body } = await api(turn + 1).pay(fan, hold.holdId, `pay-${hold.holdId}`);
    return body.status === 'done' && body;
  });
  expect(paid.result).toMatchObject({ amount: 1000 });
}

/** While a primary is away, its rooms answer 503. */
function passing(error: Error): null {
  if (error.message.includes('SERVICE_UNAVAILABLE')) return null;
  throw error;
}

/** New people, in the order in which they stand in line; the first one is in. */
async function lineOf(concert: TestConcert, count: number): Promise<Fan[]> {
  const places = await Promise.all(
    Array.from({ length: count }, async (_, turn) => {
      const fan = await api(turn).fan(concert, { points: 5000 });
      return { fan, place: Number((await state(turn + 1, fan, concert)).position ?? 0) };
    }),
  );
  const inOrder = places.sort((one, other) => one.place - other.place);
  expect(inOrder.map(({ place }) => place)).toEqual(Array.from({ length: count }, (_, place) => place));
  return inOrder.map(({ fan }) => fan);
}

async function audit() {
  const { connection, models, redis, config, clock } = stage.world.context;
  const rooms = createWaitingRoom({ redis, clock, prefix: config.QUEUE_PREFIX, secret: config.QUEUE_TOKEN_SECRET });
  const { broken, checks } = await runAudit({ connection, models }, { rooms });
  return { broken, rooms: checks.find(({ invariant }) => invariant === 'I10')?.checked };
}

const oneByOne = { sections: ['A', 'B'], room: { maxActive: 1, admitPerMinute: null } };

test('people wait, hold and pay at two APIs and two workers: jobs tell of all of it, and the audit finds nothing', async () => {
  const concert = await stage.world.concert(oneByOne);
  for (const [turn, fan] of (await lineOf(concert, 6)).entries()) await book(turn, fan, concert);
  // Of some twenty in a row. Now and then the sweep looks just between a command's being stored and its being announced.
  expect(await stage.sweepFinds()).toBeLessThan(5);
  expect(await audit()).toEqual({ broken: 0, rooms: 1 });
}, 60_000);

test('lanes are spread over the primaries', async () => {
  const { config } = stage.world;
  const ofLane = (lane: string) => stage.ownerOf(`${queuePrefix(config, lane)}:${lane}:meta`);
  const owners = await Promise.all(allLanes(config).map(async (lane) => (await ofLane(lane)).store.port));
  expect(new Set(owners).size).toBe(3);
});

test('both APIs count the requests of a user together', async () => {
  const [one, other] = stage.apis.map(({ context }) => createRateLimiter(context, 'test', 1000)) as [Limit, Limit];
  const { clock, config } = stage.apis[0].context;
  let counted = -1;
  await until(
    'the other one knows',
    () => {
      // A window that ends before the processes have told each other takes its counts along.
      const window = Math.floor(clock.now() / (config.RATE_LIMIT_SECONDS * 1000));
      for (let request = 0; request < 900 && window !== counted; request += 1) one('somebody');
      counted = window;
      return other('somebody').remaining < 100;
    },
    15_000,
  );
});
type Limit = ReturnType<typeof createRateLimiter>;

test('a primary that may throw keys away makes a process not ready', async () => {
  const ready = createReadiness(stage.apis[1].context);
  await until('ready', async () => Object.keys(await ready()).length === 0);
  for (const { redis } of await stage.cluster.primaries()) {
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const wrong = { redis: 'maxmemory-policy is allkeys-lru, not noeviction' };
    expect(await createReadiness(stage.apis[1].context)()).toEqual(wrong);
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
  }
});

test('a primary is killed: its replica takes over, people book again, and jobs ring on every lane', async () => {
  const { world, cluster } = stage;
  const concert = await world.concert(oneByOne);
  const fans = await lineOf(concert, 4);
  const heard = new Set<Api>();
  const stops = stage.apis.map((each) => each.subscriptions.subscribe('test:killed', () => void heard.add(each)));
  const before = (await cluster.primaries()).map(({ store }) => store.port);
  const victim = await stage.ownerOf(`${world.config.QUEUE_PREFIX}:room:{${concert.concertId}}:meta`);
  const subscriber = await subscriberAt(victim.store.port);
  await victim.store.stop('SIGKILL');
  for (const [turn, fan] of fans.entries()) await book(turn, fan, concert);
  const after = (await cluster.primaries()).map(({ store }) => store.port);
  expect(after.filter((port) => !before.includes(port))).toHaveLength(1);
  await until('every lane rings', everyLaneRings, 15_000);
  await until('both hear', async () => {
    await world.context.redis.publish('test:killed', 'again').catch(() => 0);
    return heard.size === 2;
  });
  for (const stop of stops) stop();
  expect(await subscriber.heardAgain()).toBe(true);
  for (const { context } of stage.apis) expect(await createReadiness(context)()).toEqual({});
  expect((await audit()).broken).toBe(0);
}, 90_000);

/** Somebody who listens at one node, of two that it knows. */
async function subscriberAt(port: number) {
  const { context } = stage.world;
  const [other] = stage.cluster.nodes.filter(({ store }) => store.port !== port);
  const url = `redis+cluster://127.0.0.1:${port},127.0.0.1:${other?.store.port}`;
  const subscriber = await until('listens there', async () => {
    const opened = await openSubscriber(url, context.logger);
    if (opened.options.port === port) return opened;
    opened.disconnect();
    return null;
  });
  context.lifecycle.onClose('subscriber of the test', () => subscriber.disconnect());
  let heard = false;
  subscriber.on('message', () => {
    heard = true;
  });
  await subscriber.subscribe('test:subscriber');
  return {
    heardAgain: () =>
      until('heard', async () => {
        await context.redis.publish('test:subscriber', 'again');
        return heard;
      }),
  };
}

/** Charges on every wallet lane; none of them needed the sweep. */
async function everyLaneRings(): Promise<boolean> {
  const { models, config } = stage.world.context;
  const before = await stage.sweepFinds();
  const users = await Promise.all(Array.from({ length: 24 }, (_, i) => api(i).user({ points: 10 })));
  const lanes = await models.commands.distinct('lane', { userId: { $in: users.map(({ id }) => id) } });
  return lanes.length === config.WALLET_LANES && (await stage.sweepFinds()) === before;
}
