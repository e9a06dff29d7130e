import type { Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import type { World } from '../helpers/world';
import { openStandby } from './on-standby';

type OnStandby = Awaited<ReturnType<typeof openStandby>>;
let on: OnStandby;
let world: World;
let admin: TestUser;
beforeAll(async () => {
  on = await openStandby();
  world = on.world;
  admin = await world.admin();
});
afterAll(() => on?.close());

interface Block {
  id: string;
  unfinished: number;
  blocked: number;
}

const finished = (path: string) =>
  until('the block to be done', async () => {
    const { body } = await world.client.send<Block>('get', path, { token: admin.token });
    return body.unfinished === 0 ? body : null;
  });

async function block({ performanceId }: TestConcert, seatIds: string[]) {
  const at = `/v1/admin/performances/${performanceId}/blocks`;
  const body = { seatIds, reason: 'Guests' };
  const made = await world.client.command<Block>('post', at, { token: admin.token, body });
  const path = `${at}/${made.body.id}`;
  return { path, ...(await finished(path)) };
}

async function free(path: string): Promise<void> {
  expect((await world.client.send('delete', path, { token: admin.token })).status).toBe(202);
  await finished(path);
}

async function give({ performanceId }: TestConcert, guest: TestUser, seatIds: string[]): Promise<string> {
  const path = `/v1/admin/performances/${performanceId}/complimentary`;
  const body = { userId: guest.id, seatIds, reason: 'Guest of the band' };
  const given = await world.client.command<Job>('post', path, { token: admin.token, body });
  expect(given.body).toMatchObject({ status: 'done' });
  return String(given.body.result.reservationId);
}

const statuses = async (concert: TestConcert) => (await on.seatsOf(concert)).map(({ status }) => status);

test('what a block frees goes to the line in the same step, and the rest is for everybody', async () => {
  const concert = await world.concert({ seats: 4 });
  const { path } = await block(concert, concert.seatIds);
  const [pair, single] = [await world.user(), await world.user()];
  await on.join(pair, concert, { seats: 2 });
  await on.join(single, concert, { seats: 1 });
  await free(path);
  const places = await Promise.all([on.placeOf(pair), on.placeOf(single)]);
  expect(places.map((place) => place?.status)).toEqual(['offered', 'offered']);
  const hold = await world.client.send('get', `/v1/holds/${places[0]?.holdId}`, pair);
  expect(hold.body).toMatchObject({ status: 'held', seatIds: concert.seatIds.slice(0, 2) });
  expect(await statuses(concert)).toEqual(['held', 'held', 'held', 'available']);
});

test('what is left of a cancelled complimentary reservation goes to the line', async () => {
  const concert = await world.concert({ seats: 2 });
  const [guest, user, next] = [await world.user(), await world.user(), await world.user()];
  const reservationId = await give(concert, guest, concert.seatIds);
  await on.join(user, concert);
  await on.join(next, concert);
  const path = `/v1/admin/reservations/${reservationId}/cancellation`;
  const body = { reason: 'The guest is ill', refund: 'none' };
  const cancelled = await world.client.command<Job>('post', path, { token: admin.token, body });
  expect(cancelled.status).toBeLessThan(300);
  await on.offered(user);
  await on.offered(next);
  expect(await statuses(concert)).toEqual(['held', 'held']);
});

test('a block takes what is free although somebody waits, and nothing of a hold whose end they wait for', async () => {
  const { concert, holders } = await on.soldOut(3);
  const [first = '', second = ''] = concert.seatIds;
  const pair = await world.user();
  await on.join(pair, concert, { seats: 2 });
  await on.release(holders[0]);
  expect(await statuses(concert)).toEqual(['available', 'held', 'held']);
  const { path, blocked } = await block(concert, [first, second]);
  expect(blocked).toBe(1);
  expect(await statuses(concert)).toEqual(['blocked', 'held', 'held']);
  // It is not free for a pair, then.
  await on.release(holders[1]);
  expect(await on.placeOf(pair)).toMatchObject({ status: 'waiting' });
  await free(path);
  const { holdId } = (await on.placeOf(pair)) ?? {};
  const hold = await world.client.send('get', `/v1/holds/${holdId}`, pair);
  expect(hold.body).toMatchObject({ status: 'held', seatIds: [first, second] });
});

test('blocked seats, and free ones that are not enough for anybody, are given while people wait', async () => {
  const { concert, holders } = await on.soldOut(3);
  const [first = '', second = ''] = concert.seatIds;
  const [pair, guest] = [await world.user(), await world.user()];
  await on.join(pair, concert, { seats: 2 });
  await on.release(holders[0]);
  await block(concert, [first]);
  await on.release(holders[1]);
  expect(await statuses(concert)).toEqual(['blocked', 'available', 'held']);
  await give(concert, guest, [first, second]);
  expect(await statuses(concert)).toEqual(['sold', 'sold', 'held']);
  expect(await on.placeOf(pair)).toMatchObject({ status: 'waiting', position: 1 });
});

test('free seats fit any price, and are paid with nothing', async () => {
  const concert = await world.concert({ seats: 1, price: 0 });
  const holder = await world.fan(concert);
  const { holdId } = await world.hold(holder, concert, concert.seatIds);
  const user = await world.user();
  await on.join(user, concert, { seats: 1, maxPrice: 0 });
  await on.release({ fan: holder, holdId });
  const offer = await on.offered(user);
  const paid = await world.client.command<Job>('post', `/v1/holds/${offer.holdId}/payment`, { token: user.token });
  expect(paid.body).toMatchObject({ status: 'done', result: { amount: 0 } });
  expect(await on.placeOf(user)).toMatchObject({ status: 'taken' });
});
