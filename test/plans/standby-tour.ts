import { createStandbyBroadcaster } from '../../api/standby/standby-broadcaster';
import type { StandbyPlace } from '../../api/standby/standby-place';
import type { Context } from '../../shared/context';
import { deletePlaces } from '../../workers/retention/delete-places';
import type { Job, TestUser } from '../helpers/builders';
import { silentSubscriptions } from '../helpers/subscriptions';
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
  const following = await follow(
    world,
    concert.performanceId,
    waiting.map(({ user }) => user),
  );
  for (const path of ['/v1/standby', `/v1/standby?performanceId=${concert.performanceId}`])
    await client.send('get', path, first?.user);
  await client.command('delete', `/v1/standby/${third?.standbyId}`, third?.user);
  await until('the last one has moved up', () => following.positions().at(-1) === 3);
  await client.command('delete', `/v1/holds/${giver.holdId}`, giver.fan);
  await client.command('post', `/v1/reservations/${reservationId}/cancellation`, { ...buyer.fan, body: {} });
  await client.send('get', '/v1/holds', second?.user);
  await client.command('delete', `/v1/standby/${first?.standbyId}`, first?.user);
  await client.send('get', `/v1/admin/performances/${concert.performanceId}/standby`, admin);
  const { models } = context;
  const last = await join();
  await models.performances.updateOne({ _id: concert.performanceId }, { startsAt: new Date(clock.now()) });
  await until('the line is closed', () => models.standbyEntries.exists({ _id: last.standbyId, status: 'skipped' }));
  following.stop();
  await deletePlaces(worker.models, new Date(clock.now() + 1000), async () => undefined);
}

/** The places of users as streams show them, with all that is read after Redis was away. */
async function follow(world: World, performanceId: string, users: readonly TestUser[]) {
  const subscriptions = silentSubscriptions();
  const broadcaster = createStandbyBroadcaster({ ...world.context, subscriptions });
  const places: (StandbyPlace | null | undefined)[] = users.map(() => undefined);
  const stops = users.map(({ id }, i) =>
    broadcaster.subscribe(id, performanceId, {
      send: (place) => {
        places[i] = place;
      },
      end: () => {},
    }),
  );
  await until('all are read', () => !places.includes(undefined));
  subscriptions.reconnect();
  return {
    positions: () => places.map((place) => place?.position),
    stop() {
      for (const stop of stops) stop();
    },
  };
}
