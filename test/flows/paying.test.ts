import type { Fan, Job, TestConcert } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld();
  concert = await world.concert({ seats: 20, price: 1000 });
});
afterAll(() => world?.close());

const balanceOf = async (fan: Fan) => (await world.client.send('get', '/v1/points', { token: fan.token })).body.balance;
const queueTokenOf = async (fan: Fan) =>
  (await world.client.send('get', `/v1/concerts/${concert.concertId}/queue-token`, fan)).body;
const seat = (number: number) => concert.seatIds.slice(number, number + 1);

test('seats, hold, payment, reservation; the queue token ends with the payment', async () => {
  const fan = await world.fan(concert, { points: 2500 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(0, 2));
  const { body: job } = await world.pay(fan, hold.holdId);
  expect(job).toMatchObject({ status: 'done', result: { amount: 2000, balance: 500 } });
  const { reservationId, paymentId } = job.result;
  const reservation = await world.client.send('get', `/v1/reservations/${reservationId}`, fan);
  expect(reservation.body).toMatchObject({ seatIds: hold.seatIds, amount: 2000, paymentId });
  const payment = await world.client.send('get', `/v1/payments/${paymentId}`, fan);
  expect(payment.body).toMatchObject({ holdId: hold.holdId, reservationId, amount: 2000 });
  expect((await world.client.send('get', `/v1/holds/${hold.holdId}`, fan)).body).toMatchObject({
    status: 'paid',
    reservationId,
  });
  const sold = await world.context.models.seats.countDocuments({ _id: { $in: hold.seatIds }, status: 'sold' });
  expect(sold).toBe(2);
  const { models } = world.context;
  expect(
    await models.commands.countDocuments({ kind: 'hold.expire', 'payload.holdId': hold.holdId, status: 'skipped' }),
  ).toBe(1);
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const again = await world.client.command('post', path, { ...fan, body: { seatIds: seat(3) } });
  expect(again).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_EXPIRED' } });
});

test('paying twice: refused with another key, replayed with the same', async () => {
  const fan = await world.fan(concert, { points: 5000 });
  const hold = await world.hold(fan, concert, seat(4));
  const first = await world.pay(fan, hold.holdId, 'first');
  expect(first.body.status).toBe('done');
  const second = await world.pay(fan, hold.holdId, 'second');
  expect(second.body).toMatchObject({ status: 'refused', problem: { code: 'HOLD_ALREADY_PAID' } });
  const replay = await world.pay(fan, hold.holdId, 'first');
  expect(replay.headers['idempotency-replayed']).toBe('true');
  expect(replay.body).toEqual(first.body);
  expect(await balanceOf(fan)).toBe(4000);
  expect(await world.context.models.payments.countDocuments({ holdId: hold.holdId })).toBe(1);
});

test('20 payments for one hold at once are one payment', async () => {
  const fan = await world.fan(concert, { points: 50_000 });
  const hold = await world.hold(fan, concert, seat(5));
  const answers = await Promise.all(Array.from({ length: 20 }, () => world.pay(fan, hold.holdId)));
  // Those that reached the gate after the payment had ended the token were turned away there.
  const accepted = answers.filter(({ status }) => status === 202).map(({ body }) => body);
  expect(accepted.filter((job) => job.status === 'done')).toHaveLength(1);
  for (const job of accepted) if (job.status !== 'done') expect(job.problem.code).toBe('HOLD_ALREADY_PAID');
  expect(await balanceOf(fan)).toBe(49_000);
});

test('points short: refused, hold and token live on; charge, then pay the same hold', async () => {
  const fan = await world.fan(concert, { points: 400 });
  const hold = await world.hold(fan, concert, seat(6));
  const short = await world.pay(fan, hold.holdId);
  expect(short.body).toMatchObject({
    status: 'refused',
    problem: { code: 'POINTS_INSUFFICIENT', balance: 400, amount: 1000 },
  });
  expect(await balanceOf(fan)).toBe(400);
  expect((await world.client.send('get', `/v1/holds/${hold.holdId}`, fan)).body.status).toBe('held');
  expect((await queueTokenOf(fan)).status).toBe('active');
  const charge = { token: fan.token, body: { amount: 600 } };
  expect((await world.client.command<Job>('post', '/v1/points/charges', charge)).body.status).toBe('done');
  const paid = await world.pay(fan, hold.holdId);
  expect(paid.body).toMatchObject({ status: 'done', result: { amount: 1000, balance: 0 } });
});
