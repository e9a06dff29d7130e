import type { Context } from '../../shared/context';
import { deletePlaces } from '../../workers/retention/delete-places';
import type { Job, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import type { World } from '../helpers/world';

/** A sold-out date: people join the line, leave it, are offered what is given back and cancelled; then the date begins. */
export async function tourOfStandby(world: World, worker: Context, admin: TestUser): Promise<void> {
  const { client, context, clock } = world;
  const concert = await world.concert({ seats: 3 });
  const at = `/v1/performances/${concert.performanceId}/standby`;
  const holders = [];
  for (const seatId of concert.seatIds) {
    const fan = await world.fan(concert, { points: 5000 });
    holders.push({ fan, holdId: (await world.hold(fan, concert, [seatId])).holdId });
  }
  const [buyer, giver] = holders;
  if (!buyer || !giver) throw new Error('three hold seats');
  const { reservationId } = (await world.pay(buyer.fan, buyer.holdId)).body.result;
  const join = async (maxPrice?: number) => {
    const user = await world.user();
    const { body } = await client.command<Job>('post', at, { token: user.token, body: { seats: 1, maxPrice } });
    return { user, standbyId: String(body.result.standbyId) };
  };
  const waiting = [await join(), await join(1000), await join(), await join()];
  const [first, second, third] = waiting;
  for (const path of ['/v1/standby', `/v1/standby?performanceId=${concert.performanceId}`])
    await client.send('get', path, first?.user);
  await client.command('delete', `/v1/standby/${third?.standbyId}`, third?.user);
  await client.command('delete', `/v1/holds/${giver.holdId}`, giver.fan);
  await client.command('post', `/v1/reservations/${reservationId}/cancellation`, { ...buyer.fan, body: {} });
  await client.send('get', '/v1/holds', second?.user);
  await client.command('delete', `/v1/standby/${first?.standbyId}`, first?.user);
  await client.send('get', `/v1/admin/performances/${concert.performanceId}/standby`, admin);
  const { models } = context;
  const last = await join();
  await models.performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date(clock.now()) });
  await until('the line is closed', () => models.standbyEntries.exists({ _id: last.standbyId, status: 'skipped' }));
  await deletePlaces(worker.models, new Date(clock.now() + 1000), async () => undefined);
}
