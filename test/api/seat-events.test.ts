import { openApiContext } from '../../api/context';
import { seatsChannel } from '../../shared/concerts/seats-channel';
import type { Fan, TestConcert } from '../helpers/builders';
import { type Heard, type ListenOptions, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import { serve, startWorld, type World } from '../helpers/world';

interface Seat {
  id: string;
  status: string;
}

/** So rare that nothing but a worker's notice can bring a change in time. */
const rarely = { STREAM_CHECK_MS: '60000' };
/** From the commit to every page, ms. */
const promptMs = 1000;

let world: World;
let concert: TestConcert;
let fan: Fan;
const open: Heard[] = [];
beforeAll(async () => {
  world = await startWorld({
    settings: {
      ...rarely,
      HOLD_SECONDS: '300',
      MAX_STREAMS_PER_USER: '2',
      MAX_STREAMS_PER_ADDRESS: '4',
      MAX_STREAMS: '5',
      MAX_STREAMS_FOR_USERS_PERCENT: '0',
    },
  });
});
beforeEach(async () => {
  concert = await world.concert({ seats: 20 });
  fan = await world.fan(concert, { points: 10_000 });
});
afterEach(async () => {
  for (const stream of open.splice(0)) stream.close();
  await until('all places are free', async () => (await openStreams()) === 0);
});
afterAll(() => world?.close());

async function openStreams(): Promise<number> {
  const { values } = await world.context.metrics.streams.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}

const pathOf = (performanceId = concert.performanceId) => `/v1/performances/${performanceId}/seats/events`;

async function watch(options: ListenOptions = {}, url = world.url): Promise<Heard> {
  const heard = await listen(`${url}${pathOf()}`, options);
  open.push(heard);
  return heard;
}

const mapsOf = (heard: Heard) => heard.received<{ performanceId: string; seats: Seat[] }>('seat-map');
const changesOf = (heard: Heard) => heard.received<{ changes: Seat[] }>('seats').flatMap(({ changes }) => changes);

/** What a page shows that follows the events. */
function picture(heard: Heard, before: Record<string, string> = {}): Record<string, string> {
  let seats = before;
  for (const { event, data } of heard.events) {
    const { seats: all = [], changes = [] } = data as { seats?: Seat[]; changes?: Seat[] };
    if (event === 'seat-map') seats = {};
    for (const { id, status } of [...all, ...changes]) seats[id] = status;
  }
  return seats;
}

async function truth(): Promise<Record<string, string>> {
  const { body } = await world.client.send<{ seats: Seat[] }>('get', `/v1/performances/${concert.performanceId}/seats`);
  return Object.fromEntries(body.seats.map(({ id, status }) => [id, status]));
}

const seat = (number: number) => concert.seatIds[number - 1] ?? '';

test('first the whole map, as the GET answers it; then what changes, within a second of the commit', async () => {
  const heard = await watch();
  await until('the map', () => mapsOf(heard).length === 1);
  const { body } = await world.client.send('get', `/v1/performances/${concert.performanceId}/seats`);
  expect(mapsOf(heard)).toEqual([body]);
  expect(heard.retry).toBeGreaterThan(0);
  const given = await world.hold(fan, concert, [seat(9)]);
  const committedAt = performance.now();
  await until('held', () => changesOf(heard).length === 1);
  expect(performance.now() - committedAt).toBeLessThan(promptMs);
  await world.client.command('delete', `/v1/holds/${given.holdId}`, fan);
  await until('given back', () => changesOf(heard).length === 2);
  const { holdId } = await world.hold(fan, concert, [seat(3), seat(4)]);
  await until('held', () => changesOf(heard).length === 4);
  await world.pay(fan, holdId);
  await until('sold', () => changesOf(heard).length === 6);
  expect(changesOf(heard)).toEqual([
    { id: seat(9), status: 'held' },
    { id: seat(9), status: 'available' },
    { id: seat(3), status: 'held' },
    { id: seat(4), status: 'held' },
    { id: seat(3), status: 'sold' },
    { id: seat(4), status: 'sold' },
  ]);
  expect(picture(heard)).toEqual(await truth());
  expect(mapsOf(heard)).toHaveLength(1);
});

test('a hold that runs out is told like anything else', async () => {
  const heard = await watch();
  await world.hold(fan, concert, [seat(5)]);
  await until('held', () => changesOf(heard).length === 1);
  world.clock.offsetMs += 301_000;
  await until('free again', () => changesOf(heard).length === 2);
  expect(changesOf(heard).at(-1)).toEqual({ id: seat(5), status: 'available' });
});

test('who joins late sees what has happened before', async () => {
  const first = await watch();
  await world.hold(fan, concert, [seat(1)]);
  await until('told', () => changesOf(first).length === 1);
  const late = await watch();
  await until('the same picture', () => picture(late)[seat(1)] === 'held');
  expect(late.events[0]?.event).toBe('seat-map');
  expect(picture(late)).toEqual(picture(first));
});

test('who comes back is told what was missed, and nothing else', async () => {
  const heard = await watch();
  await world.hold(fan, concert, [seat(1)]);
  await until('told', () => changesOf(heard).length === 1);
  const lastEventId = heard.lastEventId() ?? '';
  const before = picture(heard);
  heard.close();
  // Nobody listens in the meantime.
  await world.hold(fan, concert, [seat(2), seat(3)]);
  const again = await watch({ lastEventId });
  await until('caught up', () => changesOf(again).length === 2);
  expect(again.events.map(({ event }) => event)).toEqual(['seats']);
  expect(picture(again, before)).toEqual(await truth());
  const third = await watch({ lastEventId: again.lastEventId() });
  await world.hold(fan, concert, [seat(4)]);
  await until('the next change', () => changesOf(third).length > 0);
  expect(changesOf(third)).toEqual([{ id: seat(4), status: 'held' }]);
});

test('an id of another process, or of nobody, leads to a new map', async () => {
  const heard = await watch();
  await until('the map', () => heard.events.length === 1);
  const lastEventId = heard.lastEventId() ?? '';
  const other = await openApiContext(world.config, world.clock);
  try {
    const url = await serve(other);
    for (const id of [lastEventId, 'map_x.7', 'nonsense']) {
      const there = await watch({ lastEventId: id }, url);
      await until('the map there', () => mapsOf(there).length === 1);
      expect(there.lastEventId()).not.toBe(lastEventId);
      there.close();
    }
  } finally {
    await other.lifecycle.close();
  }
});

test('two API processes on one Redis: both tell the same', async () => {
  const other = await openApiContext(world.config, world.clock);
  try {
    const [here, there] = [await watch(), await watch({}, await serve(other))];
    await world.hold(fan, concert, [seat(6)]);
    for (const heard of [here, there]) await until('held', () => changesOf(heard).length === 1);
    expect(picture(there)).toEqual(picture(here));
  } finally {
    await other.lifecycle.close();
  }
});

test('a notice only says where to look: what is not committed is not told', async () => {
  const heard = await watch();
  await until('the map', () => heard.events.length === 1);
  const { redis, config } = world.context;
  await redis.publish(seatsChannel(config, concert.performanceId), `${seat(1)},no-such-seat`);
  await world.hold(fan, concert, [seat(2)]);
  await until('held', () => changesOf(heard).length > 0);
  expect(changesOf(heard)).toEqual([{ id: seat(2), status: 'held' }]);
});

test('as many streams of a user, of an address and of a process as there may be; a closed one makes room', async () => {
  const refused = { status: 429, body: { code: 'TOO_MANY_STREAMS' } };
  const ask = (token?: string) => world.client.send('get', pathOf(), { token });
  for (const _ of [1, 2]) await watch({ token: fan.token });
  const answer = await ask(fan.token);
  expect(answer).toMatchObject(refused);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  // With a token that is no good one is nobody, as at the map itself.
  for (const token of [undefined, 'no.good.token', undefined]) await watch({ token });
  const other = await world.user();
  expect(await ask(other.token)).toMatchObject({ ...refused, body: { detail: '5 streams are open here.' } });
  open[0]?.close();
  await until('a place of the user is free', async () => (await openStreams()) === 4);
  await watch({ token: other.token });
  open.pop()?.close();
  await until('and free again', async () => (await openStreams()) === 4);
  await watch();
  expect(await ask()).toMatchObject({ ...refused, body: { detail: 'One address may have 4 streams open.' } });
});

test('there is no stream of a performance that does not exist', async () => {
  const answer = await world.client.send('get', pathOf('perf_nowhere'));
  expect(answer).toMatchObject({ status: 404, body: { code: 'PERFORMANCE_NOT_FOUND' } });
});
