import { type ProblemCode, problems } from '../../shared/platform/errors';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

test('the type of a refusal leads to what it means', async () => {
  const refusal = await world.client.send<{ type: string }>('get', '/v1/performances/nothing/seats');
  const { status, body } = await world.client.send('get', refusal.body.type);
  expect([status, body]).toEqual([
    200,
    {
      type: '/problems/performance-not-found',
      title: 'No such performance',
      status: 404,
      code: 'PERFORMANCE_NOT_FOUND',
      retry: false,
    },
  ]);
});

test.each(Object.keys(problems) as ProblemCode[])('%s is explained', async (code) => {
  const path = `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
  expect((await world.client.send('get', path)).body).toMatchObject({ code, retry: 'retry' in problems[code] });
});

test.each(['nothing', 'SEAT_TAKEN', '__proto__'])('%s is no problem', async (name) => {
  expect(await world.client.send('get', `/problems/${name}`)).toMatchObject({
    status: 404,
    body: { code: 'NOT_FOUND' },
  });
});
