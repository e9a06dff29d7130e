import type { Fan, Job, PlacedHold, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld({ settings: { SWEEP_MS: '100' } });
  concert = await world.concert({ seats: 20, room: { sessionSeconds: 3600, maxSessionSeconds: 7200 } });
});
afterAll(() => world?.close());

/** Moves everybody's time to `ms` after (or before, if negative) the end of a hold. */
function moveTo(hold: PlacedHold, ms: number): void {
  world.clock.offsetMs += Date.parse(hold.expiresAt) + ms - world.clock.now();
}
const statusOf = async (fan: Fan, holdId: string) =>
  (await world.client.send('get', `/v1/holds/${holdId}`, fan)).body.status;
const seatOf = (seatIds: string[]) => world.context.models.seats.findById(seatIds[0]).lean();

test('a payment shortly before the end is honoured', async () => {
  const fan = await world.fan(concert, { points: 1000 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  moveTo(hold, -2000);
  expect((await world.pay(fan, hold.holdId)).body).toMatchObject({ status: 'done' });
});

test.each([0, 1, 60_000])('a payment %i ms after the end is refused, and nothing is debited', async (ms) => {
  const fan = await world.fan(concert, { points: 1000 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(1, 2));
  moveTo(hold, ms);
  const { body } = await world.pay(fan, hold.holdId);
  expect(body).toMatchObject({ status: 'refused', problem: { code: 'HOLD_EXPIRED' } });
  expect((await world.client.send('get', '/v1/points', fan)).body).toEqual({ balance: 1000 });
  await until('the hold has expired', async () => (await statusOf(fan, hold.holdId)) === 'expired');
  expect(await seatOf(hold.seatIds)).toMatchObject({ status: 'available', holdId: null });
});

test('nothing is given back before the end', async () => {
  const fan = await world.fan(concert);
  const hold = await world.hold(fan, concert, concert.seatIds.slice(2, 3));
  moveTo(hold, -3000);
  const other = await world.fan(concert);
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const { body } = await world.client.command<Job>('post', path, { ...other, body: { seatIds: hold.seatIds } });
  expect(body).toMatchObject({ status: 'refused', problem: { code: 'SEAT_TAKEN', seatIds: hold.seatIds } });
  expect(await statusOf(fan, hold.holdId)).toBe('held');
});

test('a payment accepted before the end but carried out after it is honoured, and the seat waits for it', async () => {
  const fan = await world.fan(concert, { points: 1000 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(3, 4));
  const rival = await world.fan(concert);
  await world.workers.stop();
  const paying = await world.client.command<Job>('post', `/v1/holds/${hold.holdId}/payment`, { ...fan, wait: null });
  const path = `/v1/performances/${concert.performanceId}/holds`;
  moveTo(hold, 5000);
  const taking = await world.client.command<Job>('post', path, {
    ...rival,
    body: { seatIds: hold.seatIds },
    wait: null,
  });
  await world.workers.start();
  const jobOf = async (id: string, { token }: Fan) =>
    (await world.client.send<Job>('get', `/v1/jobs/${id}`, { token })).body;
  const final = (id: string, who: Fan) =>
    until('the job is final', async () => {
      const job = await jobOf(id, who);
      return job.status !== 'accepted' && job;
    });
  expect(await final(paying.body.id, fan)).toMatchObject({ status: 'done' });
  expect(await final(taking.body.id, rival)).toMatchObject({ status: 'refused', problem: { code: 'SEAT_TAKEN' } });
  expect(await statusOf(fan, hold.holdId)).toBe('paid');
});

test('a seat whose hold is past its end can be held at once, whoever ends the old hold', async () => {
  const fan = await world.fan(concert);
  const hold = await world.hold(fan, concert, concert.seatIds.slice(4, 6));
  const other = await world.fan(concert);
  await world.workers.stop();
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const wanted = hold.seatIds.slice(0, 1);
  // Accepted before the end, so that its lane comes to it before the expiry.
  const { body } = await world.client.command<Job>('post', path, { ...other, body: { seatIds: wanted }, wait: null });
  moveTo(hold, 1);
  await world.workers.start();
  const job = await until('the second hold', async () => {
    const answer = await world.client.send<Job>('get', `/v1/jobs/${body.id}`, other);
    return answer.body.status !== 'accepted' && answer.body;
  });
  expect(job.status).toBe('done');
  expect(await statusOf(fan, hold.holdId)).toBe('expired');
  expect(await seatOf(hold.seatIds.slice(1))).toMatchObject({ status: 'available', holdId: null });
  expect(await seatOf(wanted)).toMatchObject({ status: 'held', holdId: job.result.holdId });
});

test('given back early: the seat is free, the hold can no longer be paid', async () => {
  const fan = await world.fan(concert, { points: 1000 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(7, 8));
  const released = await world.client.command<Job>('delete', `/v1/holds/${hold.holdId}`, fan);
  expect(released.body.status).toBe('done');
  expect(await seatOf(hold.seatIds)).toMatchObject({ status: 'available', holdId: null });
  expect((await world.pay(fan, hold.holdId)).body).toMatchObject({
    status: 'refused',
    problem: { code: 'HOLD_RELEASED' },
  });
});
