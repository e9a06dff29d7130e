import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_BACKLOG_SECONDS: '2', SWEEP_MS: '100' }, workers: false });
});
afterAll(() => world?.close());

test('while a lane is too far behind, its new commands get 503 and are not stored; the rest goes on', async () => {
  const user = await world.user();
  const charge = { token: user.token, body: { amount: 1 }, wait: null };
  const send = () => world.client.command<Job>('post', '/v1/points/charges', charge);
  const first = await send();
  expect(first.status).toBe(202);
  world.clock.offsetMs += 10_000;
  const refused = await until('the API has noticed', async () => {
    const answer = await send();
    return answer.status !== 202 && answer;
  });
  expect(refused).toMatchObject({ status: 503, body: { code: 'OVERLOADED' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(2);
  const { models } = world.context;
  const before = await models.commands.countDocuments({ userId: user.id });
  await send();
  expect(await models.commands.countDocuments({ userId: user.id })).toBe(before);
  expect((await world.client.send('get', '/v1/points', { token: user.token })).status).toBe(200);
  expect((await world.client.send('get', `/v1/jobs/${first.body.id}`, { token: user.token })).status).toBe(200);

  await world.workers.start();
  await until('the lane has caught up', async () => (await send()).status === 202);
});
