import { openStandby, type Place } from '../flows/on-standby';
import type { TestConcert, TestUser } from '../helpers/builders';
import { type Heard, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';

let standby: Awaited<ReturnType<typeof openStandby>>;
const open: Heard[] = [];
beforeAll(async () => {
  // So rare that nothing but a worker's message can bring a change in time.
  standby = await openStandby({ STREAM_CHECK_MS: '60000' });
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => standby?.close());

async function watch({ performanceId }: TestConcert, user?: TestUser): Promise<Heard> {
  const url = `${standby.world.url}/v1/performances/${performanceId}/seats/events`;
  const heard = await listen(url, user && { token: user.token });
  open.push(heard);
  await until('the beginning', () => heard.events.length >= (user ? 2 : 1));
  return heard;
}

const placesOn = (heard: Heard) => heard.dataOf<{ place: Place | null }>('standby').map(({ place }) => place);
const lastOn = (heard: Heard) => placesOn(heard).at(-1);
const statusesOn = (heard: Heard) => placesOn(heard).map((place) => place?.status ?? null);
const status = (heard: Heard, wanted: string) => until(wanted, () => lastOn(heard)?.status === wanted);

test("an offer is sent to all of the user's streams, and to nobody else's", async () => {
  const { world, soldOut, join, release, placeOf } = standby;
  const { concert, holders } = await soldOut(1);
  const [user, other] = [await world.user(), await world.user()];
  const [here, there, others, nobodys] = [
    await watch(concert, user),
    await watch(concert, user),
    await watch(concert, other),
    await watch(concert),
  ];
  expect([lastOn(here), lastOn(others)]).toEqual([null, null]);
  await join(user, concert);
  for (const heard of [here, there]) await status(heard, 'waiting');
  expect(lastOn(here)).toEqual(await placeOf(user));
  await join(other, concert);
  await status(others, 'waiting');
  expect(lastOn(others)).toMatchObject({ position: 2, length: 2 });
  await release(holders[0]);
  for (const heard of [here, there]) await status(heard, 'offered');
  expect(lastOn(here)).toEqual(await placeOf(user));
  // Whoever comes now is sent what is now.
  expect(lastOn(await watch(concert, user))).toEqual(await placeOf(user));
  const { holdId } = (await placeOf(user)) as Place;
  await world.client.command('delete', `/v1/holds/${holdId}`, user);
  await status(others, 'offered');
  for (const heard of [here, there]) {
    await status(heard, 'left');
    expect(statusesOn(heard)).toEqual([null, 'waiting', 'offered', 'left']);
  }
  expect(statusesOn(others)).toEqual([null, 'waiting', 'offered']);
  expect(placesOn(nobodys)).toEqual([]);
  expect(here.events.filter(({ event, id }) => event === 'standby' && id !== null)).toEqual([]);
});

test('a place at another performance is not sent', async () => {
  const { world, soldOut, join } = standby;
  const [{ concert }, { concert: elsewhere }] = [await soldOut(1), await soldOut(1)];
  const user = await world.user();
  const heard = await watch(concert, user);
  await join(user, elsewhere);
  await join(user, concert);
  await status(heard, 'waiting');
  expect(placesOn(heard)).toMatchObject([null, { performanceId: concert.performanceId }]);
});

test('what ran out, and what a date that has started ended, is sent', async () => {
  const { world, soldOut, join, release } = standby;
  const { concert, holders } = await soldOut(2);
  const [first, second] = [await world.user(), await world.user()];
  await join(first, concert);
  await join(second, concert, { seats: 2 });
  const [heard, heardByNext] = [await watch(concert, first), await watch(concert, second)];
  await release(holders[0]);
  await status(heard, 'offered');
  world.clock.offsetMs += 121_000;
  await status(heard, 'lapsed');
  const { performances } = world.context.models;
  await performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date(world.clock.now()) });
  await status(heardByNext, 'skipped');
  expect(lastOn(heardByNext)).toMatchObject({ reason: 'PERFORMANCE_STARTED', position: null });
});
