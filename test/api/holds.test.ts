import type { Fan, Job, PlacedHold, TestConcert } from '../helpers/builders';
import { snapshot } from '../helpers/snapshot';
import { startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
let fan: Fan;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_SEATS_PER_HOLD: '3' } });
  concert = await world.concert({ seats: 20, sections: ['A', 'B'], price: 1000 });
  fan = await world.fan(concert);
});
afterAll(() => world?.close());

const place = (who: Fan, seatIds: unknown, performanceId = concert.performanceId) =>
  world.client.command<Job<PlacedHold>>('post', `/v1/performances/${performanceId}/holds`, {
    ...who,
    body: { seatIds },
  });
const hold = (who: Fan, id: string) => world.client.send('get', `/v1/holds/${id}`, who);
const seats = (...numbers: number[]) => numbers.map((number) => `${concert.performanceId}-A-${number}`);

test('seats are held for five minutes, at the price of the server', async () => {
  const { body } = await place(fan, seats(1, 2));
  const { holdId, expiresAt } = body.result;
  expect(body).toMatchObject({ status: 'done', result: { seatIds: seats(1, 2), amount: 2000 } });
  expect(Date.parse(expiresAt) - Date.parse(body.finishedAt ?? '')).toBeGreaterThan(290_000);
  expect((await hold(fan, holdId)).body).toEqual({
    ...{ id: holdId, performanceId: concert.performanceId, seatIds: seats(1, 2), amount: 2000, status: 'held' },
    ...{ placedAt: new Date(Date.parse(expiresAt) - 300_000).toISOString(), expiresAt, reservationId: null },
  });
  const held = await world.context.models.seats.find({ holdId }).sort({ number: 1 }).lean();
  expect(held.map(({ _id, status }) => [_id, status])).toEqual(seats(1, 2).map((id) => [id, 'held']));
});

test('a seat that is held: refused, naming it; all or none', async () => {
  await place(fan, seats(3));
  const other = await world.fan(concert);
  const before = await snapshot(world);
  const { status, body } = await place(other, seats(4, 3));
  expect(status).toBe(202);
  expect(body).toMatchObject({
    status: 'refused',
    result: null,
    problem: { code: 'SEAT_TAKEN', status: 409, seatIds: seats(3) },
  });
  expect(await snapshot(world)).toEqual(before);
});

test('a seat that is sold: refused, naming it', async () => {
  const buyer = await world.fan(concert, { points: 1000 });
  const { holdId } = await world.hold(buyer, concert, seats(5));
  expect((await world.pay(buyer, holdId)).body.status).toBe('done');
  const before = await snapshot(world);
  const { body } = await place(fan, seats(5));
  expect(body).toMatchObject({ status: 'refused', problem: { code: 'SEAT_TAKEN', seatIds: seats(5) } });
  expect(await snapshot(world)).toEqual(before);
});

test.each<[string, () => unknown, number, string]>([
  ['more seats than one hold may have', () => seats(6, 7, 8, 9), 400, 'TOO_MANY_SEATS'],
  ['two sections', () => [...seats(6), `${concert.performanceId}-B-1`], 400, 'SEATS_IN_SEVERAL_SECTIONS'],
  ['an unknown seat', () => [...seats(6), 'nothing'], 404, 'SEAT_NOT_FOUND'],
  ['a seat of another date', () => ['perf_other-A-1'], 404, 'SEAT_NOT_FOUND'],
  ['a name of the language', () => ['__proto__'], 404, 'SEAT_NOT_FOUND'],
  ['the same seat twice', () => seats(6, 6), 400, 'VALIDATION_FAILED'],
  ['no seats', () => [], 400, 'VALIDATION_FAILED'],
  ['no list', () => 'perf', 400, 'VALIDATION_FAILED'],
  ['an operator', () => [{ $ne: null }], 400, 'VALIDATION_FAILED'],
])('%s: refused at once, nothing accepted or changed', async (_name, seatIds, status, code) => {
  const before = await snapshot(world);
  const accepted = await world.context.models.commands.countDocuments();
  expect(await place(fan, seatIds())).toMatchObject({ status, body: { code } });
  expect(await world.context.models.commands.countDocuments()).toBe(accepted);
  expect(await snapshot(world)).toEqual(before);
});

test('seats that were added since the API first looked are found', async () => {
  const late = await world.concert({ seats: 1 });
  const visitor = await world.fan(late);
  const added = `${late.performanceId}-A-2`;
  expect((await place(visitor, [added], late.performanceId)).status).toBe(404);
  const [seat] = await world.context.models.seats.find({ performanceId: late.performanceId }).lean();
  await world.context.models.seats.create({ ...seat, _id: added, number: 2 });
  world.clock.offsetMs += 1000;
  expect((await place(visitor, [added], late.performanceId)).body).toMatchObject({ status: 'done' });
});

test('giving a hold back frees its seats; giving it back twice is refused', async () => {
  const { holdId } = await world.hold(fan, concert, seats(10));
  const release = () => world.client.command<Job>('delete', `/v1/holds/${holdId}`, { token: fan.token });
  expect((await release()).body).toMatchObject({ status: 'done', result: { holdId, seatIds: seats(10) } });
  expect((await hold(fan, holdId)).body.status).toBe('released');
  const before = await snapshot(world);
  expect((await release()).body).toMatchObject({ status: 'refused', problem: { code: 'HOLD_RELEASED' } });
  expect(await snapshot(world)).toEqual(before);
  const other = await world.fan(concert);
  expect((await place(other, seats(10))).body.status).toBe('done');
});
