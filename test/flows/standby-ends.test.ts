import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import type { World } from '../helpers/world';
import { openStandby } from './on-standby';

let on: Awaited<ReturnType<typeof openStandby>>;
let world: World;
beforeAll(async () => {
  on = await openStandby();
  world = on.world;
});
afterAll(() => on?.close());

test("an offer that is given up goes to the next; one that ran out can't be given up", async () => {
  const { concert, holders } = await on.soldOut(1);
  const users = [await world.user(), await world.user()] as const;
  const places = [await on.join(users[0], concert), await on.join(users[1], concert)] as const;
  await on.release(holders[0]);
  const { holdId } = await on.offered(users[0]);
  const leave = (i: 0 | 1) =>
    world.client.command<Job>('delete', `/v1/standby/${places[i]}`, { token: users[i].token });
  expect((await leave(0)).body).toMatchObject({ status: 'done', result: { standbyId: places[0], holdId } });
  expect(await on.placeOf(users[0])).toMatchObject({ status: 'left', holdId });
  expect((await world.client.send('get', `/v1/holds/${holdId}`, users[0])).body.status).toBe('released');
  await on.offered(users[1]);
  world.clock.offsetMs += 121_000;
  await until('it lapsed', async () => (await on.placeOf(users[1]))?.status === 'lapsed');
  expect((await leave(1)).body).toMatchObject({
    problem: { code: 'STANDBY_ENDED', standbyStatus: 'lapsed' },
  });
});

test('a date that starts, or is called off, ends the places that wait for it', async () => {
  for (const end of ['PERFORMANCE_STARTED', 'PERFORMANCE_CANCELLED'] as const) {
    const { concert, holders } = await on.soldOut(2);
    const [holder, other] = holders;
    const paid = await world.pay(holder.fan, holder.holdId);
    const users = [await world.user(), await world.user()];
    for (const user of users) await on.join(user, concert);
    const late = await world.user();
    const { performanceId } = concert;
    if (end === 'PERFORMANCE_STARTED')
      await world.context.models.performances.updateOne(
        { _id: performanceId },
        { startsAt: new Date(world.clock.now()) },
      );
    else {
      const { token } = await world.admin();
      const path = `/v1/admin/performances/${performanceId}/cancellation`;
      await world.client.send('post', path, { token, body: { reason: 'rain' } });
      const { callOffs } = world.context.models;
      await until('it is given back', () => callOffs.exists({ _id: performanceId, finishedAt: { $ne: null } }));
    }
    for (const user of users)
      await until('the place is over', async () => {
        const place = await on.placeOf(user);
        return place?.status === 'skipped' && place.reason === end;
      });
    expect((await on.ask(late, concert, { seats: 1 })).body).toMatchObject({ problem: { code: end } });
    const lines = await world.context.models.standbyLines.find({ performanceId }).lean();
    expect(lines).toMatchObject([{ joined: 2, waiting: 0 }]);
    if (end === 'PERFORMANCE_CANCELLED') continue;
    // What comes back then is offered to nobody.
    await on.release(other);
    const reservation = await world.client.send(
      'get',
      `/v1/reservations/${paid.body.result.reservationId}`,
      holder.fan,
    );
    expect(reservation.body).toMatchObject({ status: 'reserved', seatIds: concert.seatIds.slice(0, 1) });
    expect((await on.seatsOf(concert)).map(({ status }) => status)).toEqual(['sold', 'available']);
  }
});

test('a date that is moved before its start is over no more: whoever joins then waits', async () => {
  const { concert } = await on.soldOut(1);
  const { performanceId } = concert;
  const { performances, standbyEntries } = world.context.models;
  const user = await world.user();
  await on.join(user, concert);
  await performances.updateOne({ _id: performanceId }, { startsAt: new Date(world.clock.now()) });
  await until('it is over', () => standbyEntries.exists({ userId: user.id, status: 'skipped' }));
  await performances.updateOne({ _id: performanceId }, { startsAt: new Date(world.clock.now() + 86_400_000) });
  await until('workers know', async () => (await on.ask(user, concert, { seats: 1 })).body.status === 'done');
  await performances.updateOne({ _id: performanceId }, { startsAt: new Date(world.clock.now()) });
  await until(
    'it is over again',
    async () => (await standbyEntries.countDocuments({ userId: user.id, status: 'skipped' })) === 2,
  );
});

test("operators see who waits; what was offered long after the joining is the first of its owner's holds", async () => {
  const { concert } = await on.soldOut(2);
  const other = await world.concert({ seats: 1 });
  const first = await world.fan(other);
  const users = [first, await world.user(), await world.user()] as const;
  for (const user of users) await on.join(user, concert);
  await on.release({ fan: first, holdId: (await world.hold(first, other, other.seatIds)).holdId });
  // Longer than live holds are looked for by their ids.
  world.clock.offsetMs += world.config.HOLD_SECONDS * 1000 + 700_000;
  await until('both ran out', async () => (await on.placeOf(users[1]))?.status === 'offered');
  const { token } = await world.admin();
  const { body } = await world.client.send('get', `/v1/admin/performances/${concert.performanceId}/standby`, { token });
  expect(body).toEqual({ items: [{ section: 'A', waiting: 1, offered: 2, joined: 3 }] });
  const mine = await world.client.send<{ items: { status: string }[] }>('get', '/v1/holds', first);
  expect(mine.body.items).toMatchObject([{ status: 'held' }, { status: 'released' }]);
  const map = await world.client.send<{ yours: string[] }>(
    'get',
    `/v1/performances/${concert.performanceId}/seats`,
    first,
  );
  expect(map.body.yours).toHaveLength(1);
});

test('the feed says what was offered, and what was offered in vain', async () => {
  const { concert, holders } = await on.soldOut(1);
  const user = await world.user();
  const standbyId = await on.join(user, concert);
  const admin = await world.admin();
  interface Event {
    type: string;
    performanceId?: string;
  }
  const read = (query: string) =>
    world.client.send<{ items: Event[]; cursor: string }>('get', `/v1/admin/events${query}`, admin);
  const { cursor } = (await read('')).body;
  await on.release(holders[0]);
  const { holdId } = await on.offered(user);
  world.clock.offsetMs += 121_000;
  await until('it lapsed', async () => (await on.placeOf(user))?.status === 'lapsed');
  const published = await until('the events', async () => {
    const { items } = (await read(`?after=${cursor}&limit=1000`)).body;
    const ours = items.filter(
      ({ type, performanceId }) => /^standby/.test(type) && performanceId === concert.performanceId,
    );
    return ours.length === 2 && ours;
  });
  const seats = { standbyId, holdId, userId: user.id, seatIds: concert.seatIds, amount: 1000 };
  expect(published).toMatchObject([
    { type: 'standby.offered', ...seats },
    { type: 'standby.lapsed', ...seats },
  ]);
});
