import type { Fan, Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { closeAudited } from './close-audited';

let world: World;
let admin: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_BALANCE: '10000', MAX_SEATS_PER_HOLD: '2', MAX_SEATS_PER_USER: '2' } });
  admin = await world.admin();
});
afterAll(() => closeAudited(world));

type Cancelled = Job<{ seatIds: string[]; refunded: number; fee: number; balance: number }>;

/** Somebody who has bought the first two seats of a new concert, 1000 points each. */
async function buyer(terms: object = {}): Promise<{ fan: Fan; concert: TestConcert; reservationId: string }> {
  const concert = await world.concert({ seats: 4 });
  await world.context.models.performances.updateOne({ _id: concert.performanceId }, terms);
  const fan = await world.fan(concert, { points: 2500 });
  const hold = await world.hold(fan, concert, concert.seatIds.slice(0, 2));
  const { body } = await world.pay(fan, hold.holdId);
  return { fan, concert, reservationId: String(body.result.reservationId) };
}

const cancel = (fan: TestUser, reservationId: string, body: object = {}, key?: string) =>
  world.client.command<Cancelled>('post', `/v1/reservations/${reservationId}/cancellation`, {
    ...{ token: fan.token, body },
    ...(key && { key }),
  });
const read = async (fan: TestUser, path: string) => (await world.client.send('get', path, { token: fan.token })).body;

/** As an operator; answers the command when it is final. */
async function cancelFor(reservationId: string, body: object, key = `key-${Math.random()}`) {
  const path = `/v1/admin/reservations/${reservationId}/cancellation`;
  const options = { token: admin.token, body, headers: { 'Idempotency-Key': key } };
  const accepted = await world.client.send('post', path, options);
  if (accepted.status !== 202) return accepted;
  return until('the outcome', async () => {
    const job = await world.client.send('get', `/v1/admin/jobs/${accepted.body.id}`, { token: admin.token });
    return job.body.status === 'accepted' ? null : job;
  });
}

test('one seat, then the other: points back less the fee, seats free for others, the limit counts them no more', async () => {
  const { fan, concert, reservationId } = await buyer({ cancellationFee: { percent: 12.5 } });
  const [first = '', second = '', third = ''] = concert.seatIds;
  const terms = await read(fan, `/v1/reservations/${reservationId}/cancellation`);
  expect(terms).toMatchObject({
    open: true,
    seats: [{ id: first, price: 1000, fee: 125, refund: 875 }, { id: second }],
  });
  const one = await cancel(fan, reservationId, { seatIds: [first] });
  expect(one.body).toMatchObject({
    status: 'done',
    result: { seatIds: [first], refunded: 875, fee: 125, balance: 1375 },
  });
  expect(await read(fan, `/v1/reservations/${reservationId}`)).toMatchObject({
    ...{ status: 'partly-cancelled', seatIds: [second], amount: 2000 },
    seats: [
      { id: second, status: 'reserved' },
      { id: first, status: 'cancelled', refunded: 875, fee: 125 },
    ],
  });
  const history = await read(fan, '/v1/points/history');
  const { paymentId } = await read(fan, `/v1/reservations/${reservationId}`);
  expect(history.items).toMatchObject([
    { kind: 'refund', amount: 875, balanceAfter: 1375, paymentId },
    { kind: 'use' },
    {},
  ]);
  const other = await world.fan(concert, { points: 5000 });
  const again = await world.hold(other, concert, [first]);
  expect((await world.pay(other, again.holdId)).body.status).toBe('done');
  const queued = await world.client.send<{ token: string }>(
    'post',
    `/v1/concerts/${concert.concertId}/queue-token`,
    fan,
  );
  const more = await world.hold({ ...fan, queueToken: queued.body.token }, concert, [third]);
  expect(more.seatIds).toEqual([third]);
  const rest = await cancel(fan, reservationId);
  expect(rest.body).toMatchObject({ status: 'done', result: { seatIds: [second], refunded: 875, balance: 2250 } });
  expect(await read(fan, `/v1/reservations/${reservationId}`)).toMatchObject({ status: 'cancelled', seatIds: [] });
});

test('a repeat of a request is one refund; another one for the same seats is refused', async () => {
  const { fan, concert, reservationId } = await buyer();
  const seatIds = concert.seatIds.slice(0, 1);
  const first = await cancel(fan, reservationId, { seatIds }, 'once');
  const repeated = await cancel(fan, reservationId, { seatIds }, 'once');
  expect(repeated).toMatchObject({ headers: { 'idempotency-replayed': 'true' }, body: first.body });
  const twice = await cancel(fan, reservationId, { seatIds });
  expect(twice.body).toMatchObject({ status: 'refused', problem: { code: 'ALREADY_CANCELLED', seatIds } });
  expect(await read(fan, '/v1/points')).toEqual({ balance: 1500 });
});

test('20 at once for the same seats are one refund', async () => {
  const { fan, reservationId } = await buyer();
  const answers = await Promise.all(Array.from({ length: 20 }, () => cancel(fan, reservationId)));
  expect(answers.filter(({ body }) => body.status === 'done')).toHaveLength(1);
  expect(await read(fan, '/v1/points')).toEqual({ balance: 2500 });
});

test('what was paid comes back however full the wallet is', async () => {
  const { fan, reservationId } = await buyer();
  await world.client.command('post', '/v1/points/charges', { token: fan.token, body: { amount: 9500 } });
  expect((await cancel(fan, reservationId)).body).toMatchObject({ status: 'done', result: { balance: 12_000 } });
  const charge = await world.client.command<Job>('post', '/v1/points/charges', {
    token: fan.token,
    body: { amount: 1 },
  });
  expect(charge.body.problem.code).toBe('BALANCE_LIMIT_EXCEEDED');
});

test('refused: of others like unknown ones, seats of elsewhere, and after the last moment', async () => {
  const refundUntil = new Date(world.clock.now() + 60_000);
  const { fan, concert, reservationId } = await buyer({ refundUntil });
  const stranger = await world.user();
  expect(await cancel(stranger, reservationId)).toMatchObject({ status: 404, body: { code: 'RESERVATION_NOT_FOUND' } });
  const terms = `/v1/reservations/${reservationId}/cancellation`;
  expect(await world.client.send('get', terms, { token: stranger.token })).toMatchObject({ status: 404 });
  const foreign = await cancel(fan, reservationId, { seatIds: [concert.seatIds[2]] });
  expect(foreign.body).toMatchObject({ status: 'refused', problem: { code: 'SEAT_NOT_RESERVED' } });
  world.clock.offsetMs += 60_000;
  const late = await cancel(fan, reservationId);
  expect(late.body).toMatchObject({
    ...{ status: 'refused', problem: { code: 'CANCELLATION_CLOSED', refundUntil: refundUntil.toISOString() } },
  });
  expect(await read(fan, terms)).toMatchObject({ open: false, refundUntil: refundUntil.toISOString() });
});

test('a fee never takes more than the seat cost; then nothing comes back, and the ledger says nothing', async () => {
  const { fan, reservationId } = await buyer({ cancellationFee: { points: 1500 } });
  expect((await cancel(fan, reservationId)).body).toMatchObject({ status: 'done', result: { refunded: 0, fee: 2000 } });
  expect((await read(fan, '/v1/points/history')).items).toHaveLength(2);
});

test('an operator cancels for anybody, at any time, with what comes back as stated; it is recorded', async () => {
  const { fan, concert, reservationId } = await buyer({ refundUntil: new Date(0), cancellationFee: { percent: 50 } });
  const [first = '', second = ''] = concert.seatIds;
  const tooMuch = await cancelFor(reservationId, { seatIds: [first], reason: 'a gift', refund: 1001 });
  expect(tooMuch.body).toMatchObject({ status: 'refused', reason: expect.stringContaining('cost less') });
  const reason = 'The seat is broken';
  const part = await cancelFor(reservationId, { seatIds: [first], reason, refund: 300 }, 'once');
  expect(part.body).toMatchObject({ status: 'done', userId: fan.id });
  const again = await cancelFor(reservationId, { seatIds: [first], reason, refund: 300 }, 'once');
  expect(again.body).toEqual(part.body);
  expect(await cancelFor(reservationId, { reason, refund: 'none' }, 'once')).toMatchObject({
    body: { code: 'IDEMPOTENCY_KEY_REUSED' },
  });
  expect((await cancelFor(reservationId, { reason, refund: 'full' })).body.status).toBe('done');
  expect(await read(fan, '/v1/points')).toEqual({ balance: 1800 });
  const { items } = (await world.client.send<{ items: object[] }>('get', '/v1/admin/actions', admin)).body;
  expect(items.slice(0, 2)).toMatchObject([
    { action: 'reservation.cancel', target: reservationId, details: { userId: fan.id, reason, refund: 'full' } },
    { details: { seatIds: [first], refund: 300 } },
  ]);
  expect(await read(fan, `/v1/reservations/${reservationId}`)).toMatchObject({
    seats: [
      { id: first, refunded: 300, fee: 700 },
      { id: second, refunded: 1000, fee: 0 },
    ],
  });
});
