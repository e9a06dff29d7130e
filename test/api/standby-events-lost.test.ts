import { createStandbyBroadcaster } from '../../api/standby/standby-broadcaster';
import type { StandbyPlace } from '../../api/standby/standby-place';
import { openStandby, type Place } from '../flows/on-standby';
import type { TestConcert, TestUser } from '../helpers/builders';
import { type Heard, listen } from '../helpers/event-stream';
import { silentSubscriptions } from '../helpers/subscriptions';
import { until } from '../helpers/until';

const checkMs = 200;
let standby: Awaited<ReturnType<typeof openStandby>>;
const open: Heard[] = [];
beforeAll(async () => {
  standby = await openStandby({ STREAM_CHECK_MS: String(checkMs) });
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => standby?.world.close());

async function watch({ performanceId }: TestConcert, { token }: TestUser): Promise<Heard> {
  const heard = await listen(`${standby.world.url}/v1/performances/${performanceId}/seats/events`, { token });
  open.push(heard);
  await until('the beginning', () => placesOn(heard).length > 0);
  return heard;
}

const placesOn = (heard: Heard) => heard.dataOf<{ place: Place | null }>('standby').map(({ place }) => place);

test('a change whose message was lost is sent all the same, once; and how the others move up', async () => {
  const { world, soldOut, join } = standby;
  const { concert } = await soldOut(1);
  const users = [await world.user(), await world.user(), await world.user()] as const;
  const ids = [];
  for (const user of users) ids.push(await join(user, concert));
  const [first, , third] = [
    await watch(concert, users[0]),
    await watch(concert, users[1]),
    await watch(concert, users[2]),
  ];
  // As a worker that is killed between commit and publishing leaves it.
  const { standbyEntries } = world.context.models;
  const change = (id: string | undefined, fields: object) => standbyEntries.updateOne({ _id: id }, fields);
  await change(ids[0], { status: 'offered', holdId: 'hold_1' });
  await until('offered', () => placesOn(first).at(-1)?.status === 'offered');
  expect(placesOn(first).at(-1)).toMatchObject({ holdId: 'hold_1', position: null });
  await until('moved up', () => placesOn(third).at(-1)?.position === 2);
  await change(ids[0], { status: 'lapsed', live: false, endedAt: new Date() });
  await change(ids[1], { status: 'left', live: false, endedAt: new Date() });
  await until('lapsed', () => placesOn(first).at(-1)?.status === 'lapsed');
  await until('moved up again', () => placesOn(third).at(-1)?.position === 1);
  expect(placesOn(first).map((place) => place?.status)).toEqual(['waiting', 'offered', 'lapsed']);
  expect(placesOn(third).map((place) => [place?.position, place?.length])).toEqual([
    [3, 3],
    [2, 2],
    [1, 1],
  ]);
});

test('a check is one query, however many wait, and none where nobody does', async () => {
  const { world, soldOut, join } = standby;
  const { concert } = await soldOut(1);
  const users = [];
  for (let i = 0; i < 5; i += 1) users.push(await world.user());
  for (const user of users) await watch(concert, user);
  const queries: number[] = [];
  let checksOfSeats = 0;
  world.context.reads.set('debug', (collection: string, method: string) => {
    if (collection === 'seats') checksOfSeats += 1;
    if (collection === 'standbyEntries') queries.push(method === 'find' ? performance.now() : Number.NaN);
  });
  try {
    await until('five checks of the seats', () => checksOfSeats >= 5);
    expect(queries).toEqual([]);
    for (const user of users) await join(user, concert);
    await until('all are known', () => open.every((heard) => placesOn(heard).at(-1)?.length === 5));
    queries.length = 0;
    await until('five checks', () => queries.length >= 5);
    const [begin = 0, ...rest] = queries;
    expect(((rest.at(-1) ?? 0) - begin) / rest.length).toBeGreaterThan(checkMs / 2);
  } finally {
    world.context.reads.set('debug', false);
  }
});

test('after Redis was away, a place that was joined meanwhile is sent', async () => {
  const { world, soldOut, join } = standby;
  const { concert } = await soldOut(1);
  const user = await world.user();
  const subscriptions = silentSubscriptions();
  const broadcaster = createStandbyBroadcaster({ ...world.context, subscriptions });
  const sent: (string | null)[] = [];
  const sink = { send: (place: StandbyPlace | null) => sent.push(place?.id ?? null), end: () => {} };
  const stop = broadcaster.subscribe(user.id, concert.performanceId, sink);
  await until('none', () => sent.length === 1);
  const id = await join(user, concert);
  subscriptions.reconnect();
  await until('sent', () => sent.length === 2);
  expect(sent).toEqual([null, id]);
  stop();
});
