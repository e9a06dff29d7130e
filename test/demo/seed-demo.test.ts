import { seedDemo } from '../../tools/dev/seed-demo';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

test('seeds two dates of 50 numbered seats and a concert without dates; twice and at once is once', async () => {
  await Promise.all([seedDemo(world.context), seedDemo(world.context)]);
  await seedDemo(world.context);
  const { client } = world;
  const dates = await client.send('get', '/v1/concerts/concert_demo/performances');
  expect(dates.body.items).toMatchObject([
    { id: 'perf_demo_1', seatsTotal: 50, seatsAvailable: 50 },
    { id: 'perf_demo_2', seatsTotal: 50, seatsAvailable: 50 },
  ]);
  const { body } = await client.send<{ seats: object[] }>('get', '/v1/performances/perf_demo_2/seats');
  expect(body.seats).toHaveLength(50);
  expect(body.seats[0]).toEqual({
    ...{ id: 'perf_demo_2-A-1', section: 'A', row: '1', number: 1, price: 1500, status: 'available' },
  });
  expect(body.seats[49]).toMatchObject({ id: 'perf_demo_2-A-50', row: '5', number: 50, price: 500 });
  const hall = await client.send<{ seats: { x?: number }[] }>('get', '/v1/performances/perf_hall_1/seats');
  expect(hall.body.seats).toHaveLength(234);
  expect(hall.body.seats.every(({ x }) => x !== undefined)).toBe(true);
  const soon = await client.send('get', '/v1/concerts/concert_soon/performances');
  expect([soon.status, soon.body.code]).toEqual([404, 'PERFORMANCES_NOT_SCHEDULED']);
  const { token } = await world.user();
  expect((await client.send('post', '/v1/concerts/concert_demo/queue-token', { token })).body.status).toBe('active');
});

test('leaves what is there as it is: sold seats, and what an admin changed', async () => {
  const { models } = world.context;
  await models.seats.updateOne({ _id: 'perf_demo_1-A-1' }, { status: 'sold', holdId: 'hold_x' });
  const { token } = await world.admin();
  const change = { token, body: { title: 'Renamed' } };
  expect((await world.client.send('patch', '/v1/admin/concerts/concert_demo', change)).status).toBe(200);
  await seedDemo(world.context);
  expect(await models.seats.findById('perf_demo_1-A-1').lean()).toMatchObject({ status: 'sold', holdId: 'hold_x' });
  expect(await models.concerts.findById('concert_demo').lean()).toMatchObject({ title: 'Renamed' });
  expect(await models.seats.countDocuments({ performanceId: 'perf_demo_1' })).toBe(50);
});
