import type { TestConcert, TestUser } from '../helpers/builders';
import type { World } from '../helpers/world';

/** What operators look up, explain and export; and what takes two of them. */
export async function tourOfDesk(
  world: World,
  users: readonly TestUser[],
  concert: TestConcert,
  generated: string,
): Promise<void> {
  const { client, context } = world;
  const [one, two] = [await world.staff('admin'), await world.staff('admin')];
  const get = (path: string) => client.send<{ nextCursor?: string | null }>('get', `/v1/admin/${path}`, one);
  const pages = async (path: string) => {
    const { nextCursor } = (await get(path)).body;
    if (nextCursor) await get(`${path}${path.includes('?') ? '&' : '?'}cursor=${nextCursor}`);
  };
  for (const { id } of users) {
    await get(`users/${id}`);
    for (const list of ['holds', 'reservations']) await pages(`${list}?userId=${id}&limit=5`);
  }
  const command = await context.models.commands.findOne({ requestId: { $type: 'string' } }).lean();
  await pages(`requests/${command?.requestId}`);
  for (const seatId of [concert.seatIds[5], concert.seatIds[0], 'seat_0_0']) {
    await pages(`seats/${seatId}/history?limit=1`);
    for (const list of ['holds', 'reservations']) await pages(`${list}?seatId=${seatId}&limit=1`);
  }
  for (const performanceId of [concert.performanceId, generated]) {
    for (const list of ['holds', 'reservations']) await pages(`${list}?performanceId=${performanceId}&limit=5`);
    for (const name of ['seats.csv', 'reservations.csv', 'ledger.csv', 'sales-over-time?by=day'])
      await get(`performances/${performanceId}/${name}`);
  }
  for (const path of ['actions?looks=true', 'actions']) await pages(`${path}${path.includes('?') ? '&' : '?'}limit=5`);
  Object.assign(context.config, { TWO_PEOPLE: true });
  for (const decision of ['confirmation', 'rejection']) {
    const { concertId } = await world.concert();
    const path = `/v1/admin/concerts/${concertId}/waiting-room/reset`;
    const { body } = await client.send<{ id: string }>('post', path, { token: one.token, body: { epoch: 1 } });
    await pages('approvals?limit=1');
    await client.send('post', `/v1/admin/approvals/${body.id}/${decision}`, two);
  }
  Object.assign(context.config, { TWO_PEOPLE: false });
}
