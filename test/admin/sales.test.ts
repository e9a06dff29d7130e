import { startWorld, type World } from '../helpers/world';

interface Sales {
  id: string;
  performances: { id: string; seatsTotal: number; available: number; held: number; sold: number }[];
}

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld();
  token = (await world.admin()).token;
});
afterAll(() => world?.close());

const salesOf = async (concertId: string) =>
  (await world.client.send<Sales>('get', `/v1/admin/concerts/${concertId}/sales`, { token })).body;
const page = async (query: string) =>
  (await world.client.send<{ items: Sales[]; nextCursor: string | null }>('get', `/v1/admin/sales${query}`, { token }))
    .body;

test('seats are counted by what they are, date by date', async () => {
  const concert = await world.concert({ seats: 10, performances: 2 });
  const fan = await world.fan(concert, { points: 5000 });
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 2));
  await world.hold(fan, concert, concert.seatIds.slice(5, 8));
  await world.pay(fan, holdId);
  const [first, second] = concert.performances;
  const { performances } = await salesOf(concert.concertId);
  expect(performances).toEqual([
    expect.objectContaining({ id: first?.id, seatsTotal: 10, available: 5, held: 3, sold: 2 }),
    expect.objectContaining({ id: second?.id, seatsTotal: 10, available: 10, held: 0, sold: 0 }),
  ]);
});

test('the list has every concert once, newest first, those without dates too', async () => {
  const ids: string[] = [];
  for (const _ of [1, 2, 3]) ids.unshift((await world.concert()).concertId);
  // Two of the same moment.
  const createdAt = new Date(world.clock.now() + 1000);
  for (const _id of ['concert_b', 'concert_a'])
    await world.context.models.concerts.create({ _id, title: _id, createdAt });
  const listed: Sales[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { items, nextCursor }: { items: Sales[]; nextCursor: string | null } = await page(
      `?limit=2${cursor && `&cursor=${cursor}`}`,
    );
    listed.push(...items);
    cursor = nextCursor;
  }
  expect(listed.map(({ id }) => id).slice(0, 5)).toEqual(['concert_a', 'concert_b', ...ids]);
  expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length);
  expect(listed[0]?.performances).toEqual([]);
  expect((await page('')).items.find(({ id }) => id === ids[0])).toEqual(await salesOf(ids[0] ?? ''));
});

test.each([Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER])(
  'a cursor with a time that is none, %i, is refused',
  async (time) => {
    const cursor = Buffer.from(JSON.stringify([time, 'x'])).toString('base64url');
    const { status, body } = await world.client.send<{ code: string }>('get', `/v1/admin/sales?cursor=${cursor}`, {
      token,
    });
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
  },
);

test('lanes say how much they have carried out', async () => {
  const carriedOut = async () => {
    const path = '/v1/admin/lanes';
    const { body } = await world.client.send<{ items: { carriedOut: number }[] }>('get', path, { token });
    return body.items.reduce((sum, lane) => sum + lane.carriedOut, 0);
  };
  const before = await carriedOut();
  await world.user({ points: 1 });
  expect(await carriedOut()).toBe(before + 1);
});
