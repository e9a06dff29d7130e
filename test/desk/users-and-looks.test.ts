import type { TestConcert, TestUser } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
let clerk: TestUser;
beforeAll(async () => {
  world = await startWorld();
  concert = await world.concert({ seats: 10 });
  clerk = await world.staff('box-office');
});
afterAll(() => world?.close());

const get = <T = Record<string, never>>(path: string, who: TestUser = clerk) =>
  world.client.send<T>('get', `/v1/admin/${path}`, { token: who.token });

test('a user: wallet, live holds, reservations, jobs, and places in line that the look does not extend', async () => {
  const other = await world.concert({ room: { maxActive: 0 } });
  const fan = await world.fan(other, { points: 5000 });
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  const { body: joined } = await world.client.send<{ token: string }>('post', path, fan);
  const held = await world.hold({ ...fan, queueToken: joined.token }, concert, concert.seatIds.slice(8, 9));
  const look = () => get<Record<string, { expiresAt: string; concertId: string }[]>>(`users/${fan.id}`);
  const { body } = await look();
  expect(body).toMatchObject({
    ...{ userId: fan.id, wallet: { balance: 5000, debt: 0, entries: 1 }, reservations: [], unfinishedJobs: [] },
    ...{ holds: [{ id: held.holdId, status: 'held' }], jobs: [{ kind: 'hold.place' }, { kind: 'points.charge' }] },
  });
  expect(body.sessions).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ concertId: other.concertId, status: 'waiting', position: 1 }),
      expect.objectContaining({ concertId: concert.concertId, status: 'active', position: null }),
    ]),
  );
  world.clock.offsetMs += 5000;
  const ends = (sessions: { expiresAt: string }[] = []) => sessions.map(({ expiresAt }) => expiresAt);
  expect(ends((await look()).body.sessions)).toEqual(ends(body.sessions));
  const paid = await world.pay({ ...fan, queueToken: joined.token }, held.holdId);
  const reservations = [{ id: paid.body.result.reservationId }];
  expect((await look()).body).toMatchObject({ reservations });
  expect((await get('users/was-never-seen')).body).toMatchObject({ wallet: { balance: 0 }, jobs: [], sessions: [] });
});

test('what is due and not carried out stands apart', async () => {
  const user = await world.user();
  await world.workers.stop();
  const asked = { token: user.token, body: { amount: 5 }, wait: null };
  await world.client.command('post', '/v1/points/charges', asked);
  expect((await get(`users/${user.id}`)).body).toMatchObject({ unfinishedJobs: [{ kind: 'points.charge' }], jobs: [] });
  await world.workers.start();
});

test('each look is recorded: who looked at whom, when, found or not; changes are listed apart', async () => {
  const admin = await world.admin();
  const viewer = await world.staff('operator');
  const { models } = world.context;
  await models.adminActions.deleteMany({});
  const [jun, mina, seatId] = [await world.user(), await world.user(), concert.seatIds[0]];
  await get(`users/${jun.id}`, viewer);
  await get(`seats/${seatId}/history`, viewer);
  await get('requests/nobody-sent-this', viewer);
  await get(`reservations?userId=${mina.id}&state=cancelled`, viewer);
  await get(`holds?seatId=${seatId}`, viewer);
  await get('reservations/nothing', viewer);
  const { body } = await get<{ items: object[] }>('actions?looks=true', admin);
  expect(body.items.toReversed()).toMatchObject(
    [
      ['user.look', jun.id],
      ['seat.look', seatId],
      ['request.look', 'nobody-sent-this'],
      ['reservations.look', mina.id],
      ['holds.look', seatId],
      ['reservations.look', 'nothing'],
    ].map(([action, target]) => ({ action, target, adminId: viewer.id, at: expect.any(String) })),
  );
  expect((await get<{ items: object[] }>('actions', admin)).body.items).toEqual([]);
});
