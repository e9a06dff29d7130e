import { createClient } from '../../client/src/index';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

test('a list is read to its end, page by page, and no further than it is asked for', async () => {
  const { token } = await world.user();
  const asked: string[] = [];
  const client = createClient({ baseUrl: `${world.url}/`, token, onAnswer: ({ path }) => asked.push(path) });
  for (let amount = 1; amount <= 5; amount += 1) await client.points.charge(amount);
  asked.length = 0;
  const entries = await all(client.points.history({ limit: 2 }));
  expect(entries.map(({ seq, amount }) => [seq, amount])).toEqual([5, 4, 3, 2, 1].map((n) => [n, n]));
  expect(asked).toHaveLength(3);
  asked.length = 0;
  for await (const { seq } of client.points.history({ limit: 2 })) if (seq === 4) break;
  expect(asked).toEqual(['/v1/points/history?limit=2']);
  expect(await all(client.reservations.list())).toEqual([]);
});

test('holds are listed from whichever device, those of one date if it is named', async () => {
  const concert = await world.concert({ seats: 3, performances: 2 });
  const fan = await world.fan(concert);
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const { holdId: later } = await world.hold(fan, concert, concert.seatIds.slice(1, 2));
  const { holds } = createClient({ baseUrl: world.url, token: fan.token });
  const idsOf = async (list: AsyncIterable<{ id: string }>) => (await all(list)).map(({ id }) => id);
  expect(await idsOf(holds.list({ limit: 1 }))).toEqual([later, holdId]);
  const [first, second] = concert.performances.map(({ id }) => id);
  expect(await idsOf(holds.list({ performanceId: first ?? '' }))).toEqual([later, holdId]);
  expect(await idsOf(holds.list({ performanceId: second ?? '' }))).toEqual([]);
});

test('everybody may read concerts, dates and seats', async () => {
  const made = await world.concert({ seats: 3, performances: 2 });
  const client = createClient({ baseUrl: world.url });
  const concerts = await all(client.concerts.list({ limit: 1 }));
  expect(concerts.map(({ id }) => id)).toContain(made.concertId);
  const dates = await client.concerts.performances(made.concertId);
  expect(dates.map(({ id, seatsAvailable }) => [id, seatsAvailable])).toEqual(
    made.performances.map(({ id }) => [id, 3]),
  );
  const seats = await client.performances.seats(made.performanceId);
  expect(seats.map(({ id }) => id)).toEqual(made.seatIds);
  await expect(client.concerts.draw(made.concertId)).rejects.toMatchObject({ code: 'DRAW_NOT_FOUND' });
});

test('any operation can be called by its name, with a token that is fetched when it is needed', async () => {
  let fetched = 0;
  const client = createClient({
    baseUrl: world.url,
    token: async () => {
      fetched += 1;
      return (await world.admin()).token;
    },
  });
  const { settings } = await client.call('GET /v1/admin/concerts/{concertId}/waiting-room', {
    path: { concertId: (await world.concert()).concertId },
  });
  expect(settings.paused).toBe(false);
  expect(fetched).toBe(1);
});
