import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  // A sweep that is too slow to help: what brings the seat back is the delayed job.
  world = await startWorld({ settings: { HOLD_SECONDS: '2', SWEEP_MS: '60000' } });
});
afterAll(() => world?.close());

test('in real time, an unpaid seat comes back at the end of its hold: not early, and within half a second', async () => {
  const concert = await world.concert({ seats: 3 });
  const fan = await world.fan(concert);
  const hold = await world.hold(fan, concert, concert.seatIds);
  await until(
    'the hold has ended',
    async () => (await world.client.send('get', `/v1/holds/${hold.holdId}`, fan)).body.status === 'expired',
  );
  const ended = await world.context.models.holds.findById(hold.holdId).lean();
  const lateMs = (ended?.endedAt?.getTime() ?? 0) - Date.parse(hold.expiresAt);
  expect(lateMs).toBeGreaterThanOrEqual(0);
  expect(lateMs).toBeLessThan(500);
  const seats = await world.context.models.seats.find({ performanceId: concert.performanceId }).lean();
  expect(seats.map((seat) => seat.status)).toEqual(['available', 'available', 'available']);
});
