import { openApiContext } from '../../api/context';
import { allRoutes } from '../../api/routes';
import type { Fan, Job, PlacedHold, TestConcert } from '../helpers/builders';
import { type Client, createClient } from '../helpers/client';
import { serve, startWorld, type World } from '../helpers/world';

interface Hold {
  id: string;
  performanceId: string;
  status: string;
}
interface SeatMap {
  yours?: string[];
  seats: { id: string; status: string }[];
}

let world: World;
/** Another API process, which has not seen what was asked of the first. */
let other: Client;
let closeOther: () => Promise<void>;
let concert: TestConcert;
beforeAll(async () => {
  // A map is as old as it may be: what a user sees of their own is not.
  world = await startWorld({ settings: { SEAT_MAP_CACHE_MS: '10000' } });
  const context = await openApiContext(world.config, world.clock);
  other = createClient(await serve(context), allRoutes(world.config));
  closeOther = () => context.lifecycle.close();
});
afterAll(async () => {
  other?.close();
  await closeOther?.();
  await world?.close();
});
beforeEach(async () => {
  concert = await world.concert({ seats: 6, performances: 2 });
});

const seats = (...numbers: number[]) => numbers.map((number) => `${concert.performanceId}-A-${number}`);
const place = async (fan: Fan, seatIds: string[]) => {
  const path = `/v1/performances/${concert.performanceId}/holds`;
  return (await world.client.command<Job<PlacedHold>>('post', path, { ...fan, body: { seatIds } })).body;
};
const mapAt = (client: Client, token?: string, headers = {}) =>
  client.send<SeatMap>('get', `/v1/performances/${concert.performanceId}/seats`, { ...(token && { token }), headers });
const statusOf = (map: SeatMap, id = '') => map.seats.find((seat) => seat.id === id)?.status;
const listAll = async (fan: Fan, query: string) => {
  const pages: Hold[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const path: string = `/v1/holds?${query}${cursor && `&cursor=${cursor}`}`;
    const { body } = await other.send<{ items: Hold[]; nextCursor: string | null }>('get', path, fan);
    pages.push(body.items);
    cursor = body.nextCursor;
  }
  return pages;
};

test('live holds come first, from whichever device; then the others, newest first; nobody else sees them', async () => {
  const fan = await world.fan(concert);
  const made: string[] = [];
  for (const number of [1, 2, 3, 4]) made.push((await place(fan, seats(number))).result.holdId);
  for (const index of [3, 1]) await world.client.command('delete', `/v1/holds/${made[index]}`, fan);
  const order = [made[2], made[0], made[3], made[1]];
  for (const limit of [1, 2, 3, 20]) {
    const pages = await listAll(fan, `limit=${limit}`);
    expect(pages.flat().map(({ id }) => id)).toEqual(order);
    expect(pages.every((page) => page.length <= limit)).toBe(true);
  }
  expect((await listAll(fan, `performanceId=${concert.performances[1]?.id}`)).flat()).toEqual([]);
  expect((await listAll(await world.fan(concert), 'limit=5')).flat()).toEqual([]);
  world.clock.offsetMs += world.config.HOLD_SECONDS * 1000 + 1;
  // Over is over, whether the seats have been given back yet or not.
  expect((await listAll(fan, 'limit=2')).flat().map(({ id }) => id)).toEqual([...made].reverse());
});

test('the map names the seats that the reader holds, beside the bytes that all readers share', async () => {
  const fan = await world.fan(concert);
  expect((await mapAt(other, fan.token)).body.yours).toEqual([]);
  await place(fan, seats(2));
  const own = await mapAt(other, fan.token);
  const anonymous = await mapAt(other);
  expect(own.body.yours).toEqual(seats(2));
  expect(anonymous.body).not.toHaveProperty('yours');
  expect(own.text).toBe(`{"yours":${JSON.stringify(seats(2))},${anonymous.text.slice(1)}`);
  expect(own.headers.vary).toBe('Authorization, Accept-Encoding');
  expect(own.headers['cache-control']).toBe('private, no-cache');
  expect(own.headers.etag).not.toBe(anonymous.headers.etag);
  const again = (etag = '') => mapAt(other, fan.token, { 'if-none-match': etag });
  expect((await again(own.headers.etag)).status).toBe(304);
  expect((await again(anonymous.headers.etag)).status).toBe(200);
});

test('a seat that is refused as taken is named as yours if you hold it', async () => {
  const fan = await world.fan(concert);
  await place(fan, seats(1));
  await place(await world.fan(concert), seats(2));
  expect((await place(fan, seats(1, 2, 3))).problem).toMatchObject({
    ...{ code: 'SEAT_TAKEN', seatIds: seats(1, 2), yours: seats(1) },
  });
  expect((await place(await world.fan(concert), seats(1))).problem).not.toHaveProperty('yours');
});

test('who has seen an outcome sees its effect in the next map, at any API, however old maps may be', async () => {
  const fan = await world.fan(concert, { points: 10_000 });
  const [first = '', second = ''] = seats(1, 2);
  await mapAt(other);
  const { result } = await place(fan, seats(1, 2));
  expect(statusOf((await mapAt(other, fan.token)).body, first)).toBe('held');
  await world.client.command('delete', `/v1/holds/${result.holdId}`, fan);
  expect(statusOf((await mapAt(other, fan.token)).body, first)).toBe('available');
  const { holdId } = (await place(fan, seats(2))).result;
  await world.pay(fan, holdId);
  expect(statusOf((await mapAt(other, fan.token)).body, second)).toBe('sold');
});

test('maps and dates of what is available', async () => {
  await place(await world.fan(concert), seats(1, 2));
  const available = await world.client.send<SeatMap>(
    'get',
    `/v1/performances/${concert.performanceId}/seats?status=available`,
  );
  expect(available.body.seats.map(({ id }) => id)).toEqual(seats(3, 4, 5, 6));
  const held = `/v1/performances/${concert.performanceId}/seats?status=held`;
  expect((await world.client.send<SeatMap>('get', held)).body.seats).toHaveLength(2);
  await world.context.models.seats.updateMany({ performanceId: concert.performanceId }, { status: 'sold' });
  const dates = `/v1/concerts/${concert.concertId}/performances`;
  const ids = async (query: string) => {
    const { body } = await world.client.send<{ items: { id: string }[] }>('get', `${dates}${query}`);
    return body.items.map(({ id }) => id);
  };
  expect(await ids('')).toHaveLength(2);
  expect(await ids('?status=available')).toEqual([concert.performances[1]?.id]);
  expect((await world.client.send('get', `${dates}?status=sold`)).status).toBe(400);
});

test('a visit goes on while the user has another live hold of the date, and ends with the payment of the last', async () => {
  const fan = await world.fan(concert, { points: 10_000 });
  const [one, two] = [await place(fan, seats(1)), await place(fan, seats(2))];
  expect((await world.pay(fan, one.result.holdId)).body.status).toBe('done');
  expect((await place(fan, seats(3))).status).toBe('done');
  expect((await world.pay(fan, two.result.holdId)).body.status).toBe('done');
  const { items } = (await other.send<{ items: Hold[] }>('get', '/v1/holds', fan)).body;
  const last = items.find(({ status }) => status === 'held');
  expect((await world.pay(fan, last?.id ?? '')).body.status).toBe('done');
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const late = await world.client.command('post', path, { ...fan, body: { seatIds: seats(4) } });
  expect(late).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_EXPIRED' } });
});

test('who is in already holds nothing more once the opening is set to later, and can pay what is held', async () => {
  const fan = await world.fan(concert, { points: 10_000 });
  const { result } = await place(fan, seats(1));
  const { token } = await world.admin();
  const opensAt = new Date(world.clock.now() + 3_600_000).toISOString();
  await world.client.send('patch', `/v1/admin/concerts/${concert.concertId}`, { token, body: { opensAt } });
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const refused = await world.client.command('post', path, { ...fan, body: { seatIds: seats(2) } });
  expect(refused).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_NOT_ACTIVE' } });
  expect((await world.client.command<Job>('post', `/v1/holds/${result.holdId}/payment`, fan)).body.status).toBe('done');
});
