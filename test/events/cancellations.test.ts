import type { FeedEvent } from '../../api/events/event';
import type { TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let admin: TestUser;
beforeAll(async () => {
  world = await startWorld();
  admin = await world.admin();
});
afterAll(() => world?.close());

interface Page {
  items: FeedEvent[];
  cursor: string;
}

const read = async (after: string): Promise<Page> =>
  (await world.client.send<Page>('get', `/v1/admin/events?${after}`, { token: admin.token })).body;

/** What of the feed is not about holds and the line, from the cursor on, once so much of it is there. */
async function follow(from: string, count: number): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  let cursor = from;
  await until('the feed has it', async () => {
    const page = await read(`after=${cursor}`);
    events.push(...page.items.filter(({ type }) => /^(reservation|performance)/.test(type)));
    cursor = page.cursor;
    return events.length >= count;
  });
  return events;
}

test('seats that are cancelled are reported once each, also those of a reservation that lost some before', async () => {
  const { cursor } = await read('limit=1');
  const concert = await world.concert({ seats: 3 });
  const [first = '', second = '', third = ''] = concert.seatIds;
  await world.context.models.performances.updateOne(
    { _id: concert.performanceId },
    { cancellationFee: { points: 100 } },
  );
  const fan = await world.fan(concert, { points: 3000 });
  const { holdId } = await world.hold(fan, concert, concert.seatIds);
  const { reservationId, paymentId } = (await world.pay(fan, holdId)).body.result;
  const path = `/v1/reservations/${reservationId}/cancellation`;
  await world.client.command('post', path, { token: fan.token, body: { seatIds: [second] } });
  await world.client.command('post', path, { token: fan.token, body: {} });
  const [, ...events] = await follow(cursor, 3);
  const same = { type: 'reservation.cancelled', reservationId, paymentId, userId: fan.id };
  expect(events).toMatchObject([
    { ...same, seatIds: [second], refunded: 900, fee: 100 },
    { ...same, seatIds: [first, third], refunded: 1800, fee: 200 },
  ]);
});

test('a date that is moved and then called off', async () => {
  const concert = await world.concert();
  const { concertId, performanceId } = concert;
  const { cursor } = await read('limit=1');
  const startsAt = new Date(world.clock.now() + 86_400_000).toISOString();
  const path = `/v1/admin/performances/${performanceId}`;
  await world.client.send('patch', path, { token: admin.token, body: { startsAt } });
  await world.client.send('post', `${path}/cancellation`, { token: admin.token, body: { reason: 'rain' } });
  const same = { concertId, performanceId, startsAt, refundUntil: startsAt };
  expect(await follow(cursor, 2)).toMatchObject([
    { type: 'performance.changed', ...same },
    { type: 'performance.cancelled', ...same },
  ]);
});
