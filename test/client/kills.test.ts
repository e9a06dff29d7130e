import { createClient } from '../../client/src/index';
import { freePort } from '../../tools/stack/free-port';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let api: Process;
let port: number;
beforeAll(async () => {
  world = await startWorld();
  port = await freePort(0);
  await startApi();
});
afterAll(async () => {
  await api?.end('SIGKILL');
  await world?.close();
});

async function startApi(): Promise<void> {
  api = startProcess(
    'api/server',
    environment(world.config, { LOG_LEVEL: 'info', HOST: '127.0.0.1', PORT: String(port) }),
  );
  await api.said('listening');
}

test('twenty bookings by the client go to their ends while the only API process is killed again and again', async () => {
  const concert = await world.concert({ seats: 20, price: 1000 });
  let booked = 0;
  async function book(seatId: string): Promise<void> {
    const { token } = await world.user();
    const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, token, retryMs: 100, deadlineMs: 120_000 });
    const { token: queueToken } = await client.queue(concert.concertId).join();
    const hold = await client.holds.place(concert.performanceId, [seatId], { queueToken });
    await client.points.charge(1000);
    const paid = await client.holds.pay(hold.holdId);
    expect(await client.reservations.get(paid.reservationId)).toMatchObject({ seatIds: [seatId] });
    expect(await client.points.balance()).toBe(0);
    booked += 1;
  }
  // One after another, so that some are under way at each kill.
  const bookings = concert.seatIds.map((seatId, i) =>
    until(`turn ${i}`, () => booked >= i - 4, 150_000).then(() => book(seatId)),
  );
  const all = Promise.all(bookings);
  for (const after of [2, 6, 10, 14]) {
    await until(`${after} are booked`, () => booked >= after, 60_000);
    await api.end('SIGKILL');
    await startApi();
  }
  await all;
  expect(await world.context.models.payments.countDocuments({})).toBe(20);
  expect(await world.context.models.seats.countDocuments({ status: 'sold' })).toBe(20);
}, 180_000);
