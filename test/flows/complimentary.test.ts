import type { Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { closeAudited } from './close-audited';

let world: World;
let admin: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_SEATS_PER_HOLD: '2', MAX_SEATS_PER_USER: '2' } });
  admin = await world.admin();
});
afterAll(() => closeAudited(world));

type Given = Job<{ reservationId: string; seatIds: string[]; amount: number }> & { code?: string };

const give = ({ performanceId }: TestConcert, user: TestUser, seatIds: string[], key?: string) =>
  world.client.command<Given>('post', `/v1/admin/performances/${performanceId}/complimentary`, {
    ...{ token: admin.token, body: { userId: user.id, seatIds, reason: 'Guest of the band' } },
    ...(key && { key }),
  });
const read = async ({ token }: TestUser, path: string) => (await world.client.send('get', path, { token })).body;

async function blocked(concert: TestConcert, seatIds: string[]): Promise<string> {
  const at = `/v1/admin/performances/${concert.performanceId}/blocks`;
  const made = await world.client.command<Job>('post', at, { token: admin.token, body: { seatIds, reason: 'Guests' } });
  await until('it is blocked', async () => (await read(admin, `${at}/${made.body.id}`)).unfinished === 0);
  return `${at}/${made.body.id}`;
}

test('free and blocked seats are given without points, and are what the user has', async () => {
  const concert = await world.concert({ seats: 5 });
  const guest = await world.fan(concert, { points: 3000 });
  const block = await blocked(concert, concert.seatIds.slice(1, 3));
  const [one = '', two = ''] = concert.seatIds;
  const { body } = await give(concert, guest, [one, two]);
  expect(body).toMatchObject({ status: 'done', kind: 'reservation.issue', result: { seatIds: [one, two], amount: 0 } });
  const path = `/v1/reservations/${body.result.reservationId}`;
  expect(await read(guest, path)).toMatchObject({
    ...{ seatIds: [one, two], amount: 0, paymentId: null, complimentary: true, status: 'reserved' },
  });
  expect(await read(guest, '/v1/reservations')).toMatchObject({ items: [{ id: body.result.reservationId }] });
  expect(await read(guest, '/v1/points')).toMatchObject({ balance: 3000 });
  expect(await read(admin, block)).toMatchObject({ blocked: 1 });
  const actions = await world.context.models.adminActions.find({ target: concert.performanceId }).lean();
  expect(actions.at(-1)).toMatchObject({
    ...{ action: 'reservation.issue', adminId: admin.id },
    details: { userId: guest.id, seatIds: [one, two], reason: 'Guest of the band', jobId: body.id },
  });
  // The limit is two: what was given counts for nothing.
  const hold = await world.hold(guest, concert, concert.seatIds.slice(3, 5));
  expect((await world.pay(guest, hold.holdId)).body).toMatchObject({ status: 'done', result: { balance: 1000 } });
});

test('what is held, sold or given is not given; the same key gives once', async () => {
  const concert = await world.concert({ seats: 4 });
  const fan = await world.fan(concert);
  const guest = await world.user();
  const [one = '', two = '', three = ''] = concert.seatIds;
  await world.hold(fan, concert, [one]);
  expect((await give(concert, guest, [one, two])).body.problem).toMatchObject({ code: 'SEAT_TAKEN', seatIds: [one] });
  const first = await give(concert, guest, [two], 'gift');
  const again = await give(concert, guest, [two], 'gift');
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect((await give(concert, guest, [three], 'gift')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  expect((await give(concert, fan, [two])).body.problem).toMatchObject({ code: 'SEAT_TAKEN' });
});

test('its owner gives it back for nothing, seat by seat, and whoever likes may buy it then', async () => {
  const concert = await world.concert({ seats: 3 });
  await world.context.models.performances.updateOne(
    { _id: concert.performanceId },
    { cancellationFee: { percent: 10 } },
  );
  const guest = await world.fan(concert, { points: 1500 });
  await blocked(concert, concert.seatIds.slice(0, 1));
  const [one = '', two = ''] = concert.seatIds;
  const { reservationId } = (await give(concert, guest, [one, two])).body.result;
  const path = `/v1/reservations/${reservationId}/cancellation`;
  expect(await read(guest, path)).toMatchObject({ seats: [{ price: 0, fee: 0, refund: 0 }, { refund: 0 }] });
  const cancelled = await world.client.command<Job>('post', path, { token: guest.token, body: { seatIds: [one] } });
  expect(cancelled.body.result).toMatchObject({ seatIds: [one], refunded: 0, fee: 0, balance: 1500 });
  const bought = await world.pay(guest, (await world.hold(guest, concert, [one])).holdId);
  expect(bought.body.result).toMatchObject({ amount: 1000, balance: 500 });
  const refund = { token: admin.token, body: { reason: 'why not', refund: 5 }, headers: { 'Idempotency-Key': 'five' } };
  const asked = await world.client.send('post', path.replace('/v1/', '/v1/admin/'), refund);
  const job = await until('the refusal', async () => {
    const found = await read(admin, `/v1/admin/jobs/${asked.body.id}`);
    return found.status === 'accepted' ? null : found;
  });
  expect(job.status).toBe('refused');
});

test('a date that is called off takes them back, and gives nothing for them; after the start they are still given', async () => {
  const concert = await world.concert({ seats: 3 });
  const guest = await world.user();
  await world.context.models.performances.updateOne(
    { _id: concert.performanceId },
    { startsAt: new Date(Date.now() - 1000) },
  );
  const { body } = await give(concert, guest, concert.seatIds.slice(0, 2));
  expect(body.status).toBe('done');
  const off = `/v1/admin/performances/${concert.performanceId}/cancellation`;
  await world.client.send('post', off, { token: admin.token, body: { reason: 'rain' } });
  await until('all is given back', async () => (await read(admin, off)).finishedAt, 20_000);
  expect(await read(guest, `/v1/reservations/${body.result.reservationId}`)).toMatchObject({ status: 'cancelled' });
  expect(await read(guest, '/v1/points')).toMatchObject({ balance: 0 });
  expect((await give(concert, guest, concert.seatIds.slice(2))).body.problem).toMatchObject({
    code: 'PERFORMANCE_CANCELLED',
  });
}, 30_000);
