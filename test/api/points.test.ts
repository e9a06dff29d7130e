import type { Job } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

test('a charge arrives', async () => {
  const user = await world.user({ points: 700 });
  const { body } = await world.client.send('get', '/v1/points', { token: user.token });
  expect(body).toEqual({ balance: 700 });
  const used = await world.client.command<Job>('post', '/v1/points/uses', { token: user.token, body: { amount: 200 } });
  expect(used.body).toMatchObject({ status: 'done', result: { amount: 200, balance: 500 } });
});
