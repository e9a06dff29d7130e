import { declaredErrors } from '../../api/http/endpoint';
import { allRoutes } from '../../api/routes';
import { openStores, type Stores } from '../../tools/stack/stores';
import { startWorld, type World } from '../helpers/world';

let stores: Stores;
let world: World;
beforeAll(async () => {
  // A log of one megabyte, cut every second: soon it begins after the cursor.
  stores = await openStores({
    ...{ name: 'test', log: () => undefined },
    mongodArgs: ['--oplogSize', '1', '--syncdelay', '1'],
  });
  const mongo = new URL(stores.mongod.uri);
  mongo.pathname = '/events';
  const settings = { MONGODB_URI: mongo.href, REDIS_URL: stores.redis.uri };
  world = await startWorld({ settings, cleanUp: false });
}, 60_000);
afterAll(async () => {
  await world?.close();
  await stores?.close();
}, 60_000);

test('a cursor to which the log does not reach back any more is answered CURSOR_EXPIRED', async () => {
  const declaring = allRoutes(world.config).filter((route) => declaredErrors(route).includes('CURSOR_EXPIRED'));
  expect(declaring.map(({ path }) => path)).toEqual(['/v1/admin/events']);
  const admin = await world.admin();
  const concert = await world.concert();
  const read = (query: string) =>
    world.client.send<{ items: { cursor: string }[]; cursor: string }>('get', `/v1/admin/events${query}`, admin);
  const { body } = await read('');
  await world.hold(await world.fan(concert), concert, concert.seatIds.slice(0, 1));
  const cursor = (await read(`?after=${body.cursor}&wait=5`)).body.items[0]?.cursor ?? '';
  const filler = world.context.connection.collection('filler');
  const deadline = performance.now() + 60_000;
  let answer = await read(`?after=${cursor}`);
  while (answer.status === 200 && performance.now() < deadline) {
    await filler.insertMany(Array.from({ length: 10 }, () => ({ text: 'x'.repeat(200_000) })));
    answer = await read(`?after=${cursor}`);
  }
  expect(answer).toMatchObject({ status: 410, body: { code: 'CURSOR_EXPIRED' } });
}, 90_000);
