import type { Job } from '../helpers/builders';
import type { World } from '../helpers/world';
import { openStandby } from './on-standby';

let on: Awaited<ReturnType<typeof openStandby>>;
let world: World;
beforeAll(async () => {
  on = await openStandby();
  world = on.world;
});
afterAll(() => on?.close());

test('places in line; what is released goes to the first, who pays without a queue token, then to the next', async () => {
  const { concert, holders } = await on.soldOut(2);
  const users = [await world.user(), await world.user(), await world.user()] as const;
  const jobs = [];
  for (const user of users) jobs.push(await on.ask(user, concert, { seats: 1 }));
  expect(jobs.map(({ body }) => body.result.position)).toEqual([1, 2, 3]);
  expect(await on.placeOf(users[1])).toMatchObject({ status: 'waiting', position: 2, length: 3, holdId: null });

  await on.release(holders[0]);
  const { holdId } = await on.offered(users[0]);
  const hold = await world.client.send('get', `/v1/holds/${holdId}`, users[0]);
  expect(hold.body).toMatchObject({ status: 'held', seatIds: [concert.seatIds[0]] });
  expect(Date.parse(String(hold.body.expiresAt)) - world.clock.now()).toBeGreaterThan(110_000);
  expect((await world.client.send<{ items: object[] }>('get', '/v1/holds', users[0])).body.items).toHaveLength(1);
  expect(await on.placeOf(users[1])).toMatchObject({ status: 'waiting', position: 1, length: 2 });
  // Nobody gets it past the line.
  const rival = await world.fan(concert);
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const taken = await world.client.command<Job>('post', path, {
    ...rival,
    body: { seatIds: concert.seatIds.slice(0, 1) },
  });
  expect(taken.body).toMatchObject({ status: 'refused', problem: { code: 'SEAT_TAKEN' } });

  await world.client.command('post', '/v1/points/charges', { token: users[0].token, body: { amount: 5000 } });
  const paid = await world.client.command<Job>('post', `/v1/holds/${holdId}/payment`, { token: users[0].token });
  expect(paid.body).toMatchObject({ status: 'done' });
  expect(await on.placeOf(users[0])).toMatchObject({ status: 'taken', holdId });
});

test('an offer that lapses goes to the next, and the one after that when it is given back', async () => {
  const { concert, holders } = await on.soldOut(1);
  const users = [await world.user(), await world.user(), await world.user()] as const;
  for (const user of users) await on.join(user, concert);
  await on.release(holders[0]);
  await on.offered(users[0]);
  world.clock.offsetMs += 121_000;
  const { holdId } = await on.offered(users[1]);
  expect(await on.placeOf(users[0])).toMatchObject({ status: 'lapsed' });
  await world.client.command('delete', `/v1/holds/${holdId}`, { token: users[1].token });
  const last = await on.offered(users[2]);
  expect(await on.placeOf(users[1])).toMatchObject({ status: 'left' });
  await world.client.command('delete', `/v1/holds/${last.holdId}`, { token: users[2].token });
  expect(await on.seatsOf(concert)).toMatchObject([{ status: 'available', holdId: null }]);
});

test('what expires and what is cancelled goes to the line as well', async () => {
  const { concert, holders } = await on.soldOut(2);
  const [first, second] = holders;
  const paid = await world.pay(first.fan, first.holdId);
  const users = [await world.user(), await world.user()] as const;
  for (const user of users) await on.join(user, concert);
  const reservation = `/v1/reservations/${paid.body.result.reservationId}/cancellation`;
  const cancelled = await world.client.command<Job>('post', reservation, { token: first.fan.token, body: {} });
  expect(cancelled.body).toMatchObject({ status: 'done' });
  expect(await on.placeOf(users[0])).toMatchObject({ status: 'offered' });
  world.clock.offsetMs += world.config.HOLD_SECONDS * 1000 + 1;
  await on.offered(users[1]);
  const { body } = await world.client.send('get', `/v1/holds/${second.holdId}`, second.fan);
  expect(body.status).toBe('expired');
});

test('a wish that does not fit keeps its place and is passed by; two single seats make a pair', async () => {
  const { concert, holders } = await on.soldOut(3);
  const [pair, single] = [await world.user(), await world.user()];
  await on.join(pair, concert, { seats: 2 });
  await on.join(single, concert, { seats: 1 });
  const [a, b, c] = holders;
  await on.release(a);
  await on.offered(single);
  expect(await on.placeOf(pair)).toMatchObject({ status: 'waiting', position: 1, length: 1 });
  await on.release(b);
  // Free for everybody, since nobody's wish fits.
  expect((await on.seatsOf(concert)).map(({ status }) => status)).toEqual(['held', 'available', 'held']);
  await on.release(c);
  const { holdId } = await on.offered(pair);
  const hold = await world.client.send('get', `/v1/holds/${holdId}`, pair);
  expect(hold.body.seatIds).toEqual(concert.seatIds.slice(1));
});

test('a price that is too high is passed by', async () => {
  const { concert, holders } = await on.soldOut(1);
  const [thrifty, other] = [await world.user(), await world.user()];
  const { body } = await on.ask(thrifty, concert, { seats: 1, maxPrice: 999 });
  expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'body.seats' }] });
  await on.join(other, concert, { seats: 1, maxPrice: 1000 });
  await on.release(holders[0]);
  await on.offered(other);
});

test('refused: while seats that fit are free, a second place, beyond the limit, after the start', async () => {
  const { concert, holders } = await on.soldOut(2);
  const user = await world.user();
  const [holder, other] = holders;
  await on.release(holder);
  const free = await on.ask(user, concert, { seats: 1 });
  expect(free.body).toMatchObject({
    ...{ status: 'refused', problem: { code: 'SEATS_AVAILABLE', seatIds: concert.seatIds.slice(0, 1) } },
  });
  const standbyId = await on.join(user, concert, { seats: 2 });
  expect((await on.ask(user, concert, { seats: 2 })).body).toMatchObject({
    problem: { code: 'STANDBY_EXISTS', standbyId },
  });
  expect((await on.ask(user, concert, { seats: 5 })).body).toMatchObject({ code: 'TOO_MANY_SEATS' });
  expect((await on.ask(user, concert, { seats: 1, section: 'Z' })).body).toMatchObject({ code: 'VALIDATION_FAILED' });
  const small = await on.soldOut(4);
  const owner = small.holders[0];
  expect((await on.ask(owner.fan, small.concert, { seats: 3 })).body).toMatchObject({
    problem: { code: 'SEAT_LIMIT_EXCEEDED', seats: 1, limit: 3 },
  });
  const stranger = await world.user();
  const gone = await world.client.command('delete', `/v1/standby/${standbyId}`, { token: stranger.token });
  expect(gone.status).toBe(404);
  await world.context.models.performances.updateOne(
    { _id: concert.performanceId },
    { startsAt: new Date(world.clock.now()) },
  );
  expect((await on.ask(other.fan, concert, { seats: 1 })).body).toMatchObject({
    problem: { code: 'PERFORMANCE_STARTED' },
  });
  // Its turn comes after the start.
  await on.release(other);
  expect(await on.placeOf(user)).toMatchObject({ status: 'skipped', reason: 'PERFORMANCE_STARTED' });
});

test('at the seat limit one is skipped, with the reason, and the next gets the seats', async () => {
  const concert = await world.concert({ seats: 2, sections: ['A', 'B'] });
  const [a = '', b = '', ...ofB] = concert.seatIds;
  const [first, second] = [await world.fan(concert), await world.fan(concert)];
  const holders = [
    { fan: first, holdId: (await world.hold(first, concert, [a])).holdId },
    { fan: second, holdId: (await world.hold(second, concert, [b])).holdId },
  ] as const;
  const [greedy, next] = [await world.fan(concert), await world.user()];
  expect((await on.ask(next, concert, { seats: 1 })).body).toMatchObject({
    ...{ code: 'VALIDATION_FAILED', errors: [{ path: 'body.section' }] },
  });
  await on.join(greedy, concert, { section: 'A', seats: 2 });
  await on.join(next, concert, { section: 'A', seats: 2 });
  await world.hold(greedy, concert, ofB);
  await on.release(holders[0]);
  expect(await on.placeOf(greedy)).toMatchObject({ status: 'waiting' });
  await on.release(holders[1]);
  await on.offered(next);
  expect(await on.placeOf(greedy)).toMatchObject({ status: 'skipped', reason: 'SEAT_LIMIT_EXCEEDED', holdId: null });
});

test('leaving gives the place up; then one may join anew', async () => {
  const { concert } = await on.soldOut(1);
  const [user, behind] = [await world.user(), await world.user()];
  const standbyId = await on.join(user, concert);
  await on.join(behind, concert);
  const left = await world.client.command<Job>('delete', `/v1/standby/${standbyId}`, { token: user.token });
  expect(left.body).toMatchObject({ status: 'done', result: { standbyId } });
  const twice = await world.client.command<Job>('delete', `/v1/standby/${standbyId}`, { token: user.token });
  expect(twice.body).toMatchObject({
    status: 'refused',
    problem: { code: 'STANDBY_ENDED', standbyStatus: 'left' },
  });
  expect(await on.placeOf(behind)).toMatchObject({ position: 1, length: 1 });
  await on.join(user, concert);
  expect(await on.placesOf(user)).toMatchObject([
    { status: 'waiting', position: 2 },
    { status: 'left', position: null },
  ]);
});
