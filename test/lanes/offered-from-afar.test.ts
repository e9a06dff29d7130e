import { type Context, openContext } from '../../shared/context';
import { runAudit } from '../../workers/audit/run-audit';
import type { LaneOwner } from '../../workers/lanes/own-lanes';
import { startWorkers } from '../../workers/start-workers';
import type { Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

// Of two workers one owns the lane of the seats, the other one that of the wallets: what a cancelled reservation gives to the line
// is written by the second, and the first remembers the seats as they were before.

let world: World;
const workers: Context[] = [];
const owners: LaneOwner[] = [];
beforeAll(async () => {
  const settings = { RESERVATION_LANES: '1', WALLET_LANES: '1', SWEEP_MS: '60000' };
  world = await startWorld({ settings, workers: false });
  for (const _ of [1, 2]) {
    const worker = await openContext(world.config, 'workers', world.clock);
    workers.push(worker);
    const owner = await startWorkers(worker);
    worker.lifecycle.onClose('lanes', owner.stop);
    owners.push(owner);
  }
  await until('each owns a lane', () => owners.every((owner) => owner.lanes().length === 1));
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.lifecycle.close()));
  await world?.close();
});

test.each(['the hold', 'the place in line'])(
  'what was offered by another worker is free again once its owner gives up %s',
  async (what) => {
    const { client, context } = world;
    const concert = await world.concert({ seats: 1 });
    const buyer = await world.fan(concert, { points: 1000 });
    const { holdId } = await world.hold(buyer, concert, concert.seatIds);
    const { reservationId } = (await world.pay(buyer, holdId)).body.result;
    const user = await world.user();
    const line = `/v1/performances/${concert.performanceId}/standby`;
    const joined = await client.command<Job<{ standbyId: string }>>('post', line, {
      token: user.token,
      body: { seats: 1 },
    });
    const { standbyId } = joined.body.result;
    expect((await cancel(buyer, reservationId)).body).toMatchObject({ status: 'done' });
    const offer = await context.models.holds.findOne({ userId: user.id, standbyId, status: 'held' }).lean();
    const path = what === 'the hold' ? `/v1/holds/${offer?._id}` : `/v1/standby/${standbyId}`;
    const { body } = await client.command<Job>('delete', path, { token: user.token });
    expect(body).toMatchObject({ status: 'done' });
    expect(await seatsOf(concert)).toMatchObject([{ status: 'available', holdId: null }]);
    expect(await violations()).toEqual([]);
  },
);

test('what another worker gave away is free again once it is cancelled', async () => {
  const { client } = world;
  const concert = await world.concert({ seats: 1 });
  const [admin, buyer, guest] = [await world.admin(), await world.fan(concert, { points: 1000 }), await world.user()];
  const { holdId } = await world.hold(buyer, concert, concert.seatIds);
  await cancel(buyer, (await world.pay(buyer, holdId)).body.result.reservationId);
  const path = `/v1/admin/performances/${concert.performanceId}/complimentary`;
  const body = { userId: guest.id, seatIds: concert.seatIds, reason: 'Guest of the band' };
  const given = await client.command<Job>('post', path, { token: admin.token, body });
  expect((await cancel(guest, given.body.result.reservationId)).body).toMatchObject({ status: 'done' });
  expect(await seatsOf(concert)).toMatchObject([{ status: 'available', holdId: null }]);
  expect(await violations()).toEqual([]);
});

const cancel = ({ token }: TestUser, reservationId: unknown) =>
  world.client.command<Job>('post', `/v1/reservations/${reservationId}/cancellation`, { token, body: {} });
const seatsOf = ({ performanceId }: TestConcert) => world.context.models.seats.find({ performanceId }).lean();

async function violations() {
  const { connection, models, clock } = world.context;
  return (await runAudit({ connection, models, offsetMs: clock.offsetMs })).violations;
}
