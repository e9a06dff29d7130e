import type { Fan, TestConcert, TestUser } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
let clerk: TestUser;
let mina: Fan;
let jun: Fan;
/** A seat that Mina held and gave back, Jun held and let run out, Mina bought and cancelled, and Jun bought. */
let seatId: string;
let reservationIds: string[];

const get = <T = Record<string, never>>(path: string, who: TestUser = clerk) =>
  world.client.send<T>('get', `/v1/admin/${path}`, { token: who.token });

interface Step {
  kind: string;
  status: string | null;
  userId: string;
  jobId: string | null;
  requestId: string | null;
  at: string;
}
interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

beforeAll(async () => {
  world = await startWorld();
  concert = await world.concert({ seats: 10 });
  clerk = await world.staff('box-office');
  [mina, jun] = [await world.fan(concert, { points: 20_000 }), await world.fan(concert, { points: 20_000 })];
  const { client } = world;
  seatId = concert.seatIds[0] ?? '';
  const again = async (fan: Fan) => {
    const path = `/v1/concerts/${concert.concertId}/queue-token`;
    fan.queueToken = (await client.send<{ token: string }>('post', path, fan)).body.token;
  };
  const given = await world.hold(mina, concert, [seatId]);
  const released = { token: mina.token, headers: { 'X-Request-Id': 'mina-gives-it-back' } };
  await client.command('delete', `/v1/holds/${given.holdId}`, released);
  await world.hold(jun, concert, [seatId]);
  world.clock.offsetMs += 301_000;
  await again(mina);
  const bought = await world.hold(mina, concert, [seatId]);
  const paid = await world.pay(mina, bought.holdId);
  const reservationId = String(paid.body.result.reservationId);
  const cancel = { token: mina.token, body: {}, headers: { 'X-Request-Id': 'mina-cancels' } };
  await client.command('post', `/v1/reservations/${reservationId}/cancellation`, cancel);
  await again(jun);
  const last = await world.hold(jun, concert, [seatId]);
  const jobs = await world.pay(jun, last.holdId);
  reservationIds = [String(jobs.body.result.reservationId), reservationId];
});
afterAll(() => world?.close());

const history = (query = '') => get<Page<Step> & { seat: { status: string } }>(`seats/${seatId}/history${query}`);

test("a seat's history names every command that changed it, newest first, with its user, outcome and request", async () => {
  const { status, body } = await history();
  expect(status).toBe(200);
  expect(body.seat).toMatchObject({ status: 'sold' });
  expect(body.items.map(({ kind, userId }) => [kind, userId])).toEqual([
    ['payment.pay', jun.id],
    ['hold.place', jun.id],
    ['reservation.cancel', mina.id],
    ['payment.pay', mina.id],
    ['hold.place', mina.id],
    ['hold.expire', jun.id],
    ['hold.place', jun.id],
    ['hold.release', mina.id],
    ['hold.place', mina.id],
  ]);
  const times = body.items.map(({ at }) => at);
  expect(times).toEqual(times.toSorted().toReversed());
  for (const { jobId, kind, status: outcome, requestId } of body.items) {
    const command = await world.context.models.commands.findById(jobId).orFail().lean();
    expect([command.kind, command.status, command.requestId ?? null]).toEqual([kind, outcome, requestId]);
    if (kind !== 'hold.expire') expect([outcome, typeof requestId]).toEqual(['done', 'string']);
  }
  expect(body.items[7]?.requestId).toBe('mina-gives-it-back');
});

test('its pages adjoin', async () => {
  const all = (await history()).body.items;
  const read: Step[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await history(`?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    read.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  expect(read).toEqual(all);
});

test('what the history knows by holds and reservations stays when the commands have gone', async () => {
  const { models } = world.context;
  const before = (await history()).body.items;
  const kept = await models.commands.find({}).lean();
  await models.commands.deleteMany({});
  try {
    const { items } = (await history()).body;
    expect(items.map(({ kind, userId }) => [kind, userId])).toEqual(before.map(({ kind, userId }) => [kind, userId]));
    expect(items.map(({ status }) => status)).toEqual(items.map(() => null));
  } finally {
    await models.commands.insertMany(kept);
  }
});

test('a request leads to its command, its outcome, its entries and its seats', async () => {
  const { status, body } = await get<Page<Record<string, unknown>>>('requests/mina-cancels');
  expect(status).toBe(200);
  expect(body.items).toEqual([
    expect.objectContaining({
      ...{ kind: 'reservation.cancel', status: 'done', userId: mina.id, requestId: 'mina-cancels', code: null },
      entries: [expect.objectContaining({ kind: 'refund', amount: 1000, userId: mina.id })],
      seats: [{ id: seatId, status: 'sold', holdId: expect.any(String) }],
    }),
  ]);
  expect(await get('requests/nobody-sent-this')).toMatchObject({ status: 404, body: { code: 'REQUEST_NOT_FOUND' } });
});

test('a refusal is explained by its code', async () => {
  const fan = await world.fan(concert);
  const asked = { token: fan.token, queueToken: fan.queueToken, body: { seatIds: [seatId] } };
  const headers = { 'X-Request-Id': 'somebody-is-too-late' };
  await world.client.command('post', `/v1/performances/${concert.performanceId}/holds`, { ...asked, headers });
  const { body } = await get<Page<Record<string, unknown>>>('requests/somebody-is-too-late');
  expect(body.items).toMatchObject([
    { status: 'refused', code: 'SEAT_TAKEN', userId: fan.id, seats: [{ id: seatId }] },
  ]);
});

test('the requests of one id come in pages, oldest first', async () => {
  const user = await world.user();
  const headers = { 'X-Request-Id': 'the-same-for-three' };
  for (const amount of [1, 2, 3])
    await world.client.command('post', '/v1/points/charges', { token: user.token, headers, body: { amount } });
  const first = await get<Page<{ result: { amount: number } }>>('requests/the-same-for-three?limit=2');
  const next = await get<Page<{ result: { amount: number } }>>(
    `requests/the-same-for-three?limit=2&cursor=${first.body.nextCursor}`,
  );
  const amounts = [...first.body.items, ...next.body.items].map(({ result }) => result.amount);
  expect([amounts, next.body.nextCursor]).toEqual([[1, 2, 3], null]);
});

test('reservations are found by performance, user, seat and state, also those that gave the seat up', async () => {
  const found = async (query: string) =>
    (await get<Page<{ id: string }>>(`reservations?${query}`)).body.items.map(({ id }) => id);
  const [juns, minas] = reservationIds;
  expect(await found(`performanceId=${concert.performanceId}`)).toEqual([juns, minas]);
  expect(await found(`seatId=${seatId}`)).toEqual([juns, minas]);
  expect(await found(`userId=${mina.id}`)).toEqual([minas]);
  expect(await found(`performanceId=${concert.performanceId}&state=cancelled`)).toEqual([minas]);
  expect(await found(`seatId=${seatId}&state=reserved`)).toEqual([juns]);
  expect(await found(`userId=${mina.id}&performanceId=another`)).toEqual([]);
  const first = await get<Page<{ id: string }>>(`reservations?seatId=${seatId}&limit=1`);
  const second = await get<Page<{ id: string }>>(
    `reservations?seatId=${seatId}&limit=1&cursor=${first.body.nextCursor}`,
  );
  expect([first.body.items[0]?.id, second.body.items[0]?.id, second.body.nextCursor]).toEqual([juns, minas, null]);
});

test('one reservation is found by its id, by the door too, which finds nothing else', async () => {
  const door = await world.staff('door');
  expect(await get(`reservations/${reservationIds[0]}`, door)).toMatchObject({ status: 200, body: { userId: jun.id } });
  expect(await get(`reservations?userId=${jun.id}`, door)).toMatchObject({ status: 403 });
  expect(await get('reservations/nothing', door)).toMatchObject({ body: { code: 'RESERVATION_NOT_FOUND' } });
});

test('holds are found by user and seat; of a performance the live ones', async () => {
  const holds = async (query: string) =>
    (await get<Page<{ status: string; userId: string }>>(`holds?${query}`)).body.items;
  expect((await holds(`seatId=${seatId}`)).map(({ status }) => status)).toEqual([
    'paid',
    'paid',
    'expired',
    'released',
  ]);
  expect((await holds(`userId=${mina.id}&state=released`)).map(({ userId }) => userId)).toEqual([mina.id]);
  const [fan, other] = [await world.fan(concert), await world.fan(concert)];
  for (const [i, one] of [fan, other].entries())
    await world.hold(one, concert, concert.seatIds.slice(3 + i * 2, 5 + i * 2));
  const live = await holds(`performanceId=${concert.performanceId}`);
  expect(live.map(({ userId, status }) => [userId, status])).toEqual([
    [other.id, 'held'],
    [fan.id, 'held'],
  ]);
  const first = await get<Page<{ userId: string }>>(`holds?performanceId=${concert.performanceId}&limit=1`);
  const next = `holds?performanceId=${concert.performanceId}&limit=1&cursor=${first.body.nextCursor}`;
  expect((await get<Page<{ userId: string }>>(next)).body.items.map(({ userId }) => userId)).toEqual([fan.id]);
});

test('nothing is looked for without saying where', async () => {
  for (const list of ['holds', 'reservations']) {
    const { status, body } = await get<{ code: string }>(`${list}?limit=5`);
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
  }
});

test('a page ends where its reading ends, though less was wanted than read', async () => {
  const { models } = world.context;
  const doc = {
    concertId: 'c',
    performanceId: 'perf_large',
    section: 'A',
    amount: 0,
    commandId: 'job_x',
    expireCommandId: 'x',
  };
  const at = new Date();
  const docs = Array.from({ length: 1100 }, (_, i) => ({
    ...{ ...doc, _id: `hold_large_${String(i).padStart(4, '0')}`, userId: 'collector', seatIds: ['s-wanted'] },
    ...(i === 0 && { reservationId: 'res_large' }),
    ...{ status: i === 0 ? ('paid' as const) : ('released' as const), placedAt: at, expiresAt: at, endedAt: at },
  }));
  await models.holds.insertMany(docs);
  const first = await get<Page<unknown>>('holds?userId=collector&state=paid');
  expect([first.body.items.length, first.body.nextCursor === null]).toEqual([0, false]);
  const second = await get<Page<{ id: string }>>(`holds?userId=collector&state=paid&cursor=${first.body.nextCursor}`);
  expect([second.body.items.map(({ id }) => id), second.body.nextCursor]).toEqual([['hold_large_0000'], null]);
  const reservation = {
    ...{ _id: 'res_large', userId: 'collector', concertId: 'c', performanceId: 'perf_large', seatIds: ['s-wanted'] },
    ...{ holdId: 'hold_large_0000', paymentId: 'pay_x', amount: 0, commandId: 'job_x', reservedAt: at },
  };
  await models.reservations.create(reservation);
  const none = await get<Page<unknown>>('reservations?seatId=s-wanted');
  expect([none.body.items.length, none.body.nextCursor === null]).toEqual([0, false]);
  const there = await get<Page<{ id: string }>>(`reservations?seatId=s-wanted&cursor=${none.body.nextCursor}`);
  expect([there.body.items.map(({ id }) => id), there.body.nextCursor]).toEqual([['res_large'], null]);
});
