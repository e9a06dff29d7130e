import type { Job, PlacedHold } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';
import { closeAudited } from './close-audited';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_SEATS_PER_HOLD: '2', MAX_SEATS_PER_USER: '3' } });
});
afterAll(() => closeAudited(world));

test('a free concert is set up, held, paid with nothing and cancelled for nothing; the limit of seats holds', async () => {
  const admin = await world.admin();
  const [concertId, performanceId] = ['concert_free', 'perf_free'];
  const { client } = world;
  await client.send('post', '/v1/admin/concerts', { token: admin.token, body: { id: concertId, title: 'Open day' } });
  const sections = [{ name: 'A', rows: 2, seatsPerRow: 3, price: [0, 500] }];
  const made = await client.send('post', `/v1/admin/concerts/${concertId}/performances`, {
    ...{ token: admin.token, body: { id: performanceId, startsAt: '2035-01-01T19:00:00.000Z', sections } },
  });
  expect(made.status).toBe(201);
  const seatIds = Array.from({ length: 6 }, (_, i) => `${performanceId}-A-${i + 1}`);
  const concert = { concertId, performanceId, seatIds, performances: [{ id: performanceId, seatIds }] };
  const fan = await world.fan(concert);
  const best = (body: object) =>
    client.command<Job<PlacedHold> & { code?: string }>('post', `/v1/performances/${performanceId}/holds`, {
      ...{ token: fan.token, queueToken: fan.queueToken, body: { best: body } },
    });
  const { body: held } = await best({ seats: 2, maxPrice: 0 });
  expect(held.result).toMatchObject({ amount: 0, seatIds: expect.arrayContaining([seatIds[1]]) });
  const paid = await world.pay(fan, held.result.holdId);
  expect(paid.body).toMatchObject({ status: 'done', result: { amount: 0, balance: 0 } });
  const { paymentId, reservationId } = paid.body.result as Record<string, string>;
  const read = async (path: string) => (await client.send('get', path, { token: fan.token })).body;
  expect(await read(`/v1/payments/${paymentId}`)).toMatchObject({ amount: 0, reservationId });
  expect(await read('/v1/points/history')).toMatchObject({ items: [] });
  expect(await world.context.models.wallets.countDocuments({ _id: fan.id })).toBe(0);
  expect(await read(`/v1/reservations/${reservationId}`)).toMatchObject({ amount: 0, complimentary: false, paymentId });

  const { token: queueToken } = (
    await client.send('post', `/v1/concerts/${concertId}/queue-token`, { token: fan.token })
  ).body as unknown as { token: string };
  fan.queueToken = queueToken;
  expect((await best({ seats: 2, maxPrice: 0 })).body.code).toBe('NO_SEATS_TOGETHER');
  const tooMany = await client.command<Job>('post', `/v1/performances/${performanceId}/holds`, {
    ...{ token: fan.token, queueToken, body: { seatIds: seatIds.slice(3, 5) } },
  });
  expect(tooMany.body.problem).toMatchObject({ code: 'SEAT_LIMIT_EXCEEDED', seats: 2, limit: 3 });
  const cancel = `/v1/reservations/${reservationId}/cancellation`;
  const { body: cancelled } = await client.command<Job>('post', cancel, { token: fan.token, body: {} });
  expect(cancelled.result).toMatchObject({ refunded: 0, fee: 0, balance: 0 });
});

test('who owes points may have free seats, and no others', async () => {
  const concert = await world.concert({ seats: 2, price: 0 });
  const fan = await world.fan(concert);
  await world.context.models.wallets.create({ _id: fan.id, balance: 0, seq: 0 });
  const { holdId, amount } = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  expect(amount).toBe(0);
  await world.context.models.wallets.updateOne({ _id: fan.id }, { debt: 5 });
  expect((await world.pay(fan, holdId)).body).toMatchObject({ status: 'done', result: { amount: 0 } });
  await world.context.models.wallets.updateOne({ _id: fan.id }, { $unset: { debt: 1 } });
});
