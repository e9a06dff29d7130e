import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false, settings: { TIME_ZONE: 'America/New_York' } });
});
afterAll(() => world?.close());

interface Zoned {
  timeZone: string;
}

/** The time zone in every answer that has times of a venue. */
async function zonesOf({ concertId, performanceId }: { concertId: string; performanceId: string }): Promise<string[]> {
  const { client } = world;
  const { token } = await world.admin();
  const list = await client.send<{ items: (Zoned & { id: string })[] }>('get', '/v1/concerts?limit=100');
  const sales = await client.send<{ items: (Zoned & { id: string })[] }>('get', '/v1/admin/sales?limit=100', { token });
  const isIt = ({ id }: { id: string }) => id === concertId;
  const answers = [
    (await client.send<Zoned>('get', `/v1/concerts/${concertId}`)).body,
    list.body.items.find(isIt),
    (await client.send<Zoned>('get', `/v1/performances/${performanceId}`)).body,
    (await client.send<Zoned>('get', `/v1/admin/concerts/${concertId}/sales`, { token })).body,
    sales.body.items.find(isIt),
  ];
  return answers.map((answer) => answer?.timeZone ?? 'none');
}

test('a concert has its own time zone wherever it is read', async () => {
  const concert = await world.concert();
  await world.context.models.concerts.updateOne({ _id: concert.concertId }, { timeZone: 'Asia/Seoul' });
  expect(new Set(await zonesOf(concert))).toEqual(new Set(['Asia/Seoul']));
});

test('one that names none, or was stored before there were any, has that of the setting', async () => {
  const [concert, older] = [await world.concert(), await world.concert()];
  const stored = world.context.models.concerts.collection;
  await stored.updateOne({ _id: older.concertId } as never, { $unset: { timeZone: 1 } });
  for (const one of [concert, older]) expect(new Set(await zonesOf(one))).toEqual(new Set(['America/New_York']));
});

test('a concert that was stored without one can be created again, which changes nothing', async () => {
  const { token } = await world.admin();
  const create = () =>
    world.client.send('post', '/v1/admin/concerts', { token, body: { id: 'older', title: 'Older' } });
  const { body } = await create();
  await world.context.models.concerts.collection.updateOne({ _id: 'older' } as never, { $unset: { timeZone: 1 } });
  expect(await create()).toMatchObject({ status: 201, body });
});
