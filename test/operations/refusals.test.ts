import { native } from '../../shared/models';
import type { Job } from '../helpers/builders';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let workers: Process;
beforeAll(async () => {
  world = await startWorld({ workers: false, settings: { MAX_ATTEMPTS: '1' } });
  // At the default level.
  const { LOG_LEVEL: _silent, ...settings } = environment(world.config);
  workers = startProcess('workers/main', settings);
  await workers.said('carrying out commands');
}, 30_000);
afterAll(async () => {
  await workers?.end();
  await world?.close();
});

const lineOf = (jobId: string) =>
  until('the worker has a line about it', () => workers.lines().find(({ command }) => command === jobId));

test("one user's refused payment is found at the default level by request, user, hold and job", async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const { body, headers } = await world.client.command<Job>('post', `/v1/holds/${holdId}/payment`, fan);
  expect(body.problem.code).toBe('POINTS_INSUFFICIENT');
  const line = await lineOf(body.id);
  expect(line).toMatchObject({
    ...{ level: 30, msg: 'command refused', kind: 'payment.pay', code: 'POINTS_INSUFFICIENT' },
    ...{ user: fan.id, hold: holdId, requestId: headers['x-request-id'] },
  });
  const about = workers.lines().filter(({ command }) => command !== undefined);
  // What was done is no line.
  expect(about).toEqual([line]);
  expect((await native(world.context.models, 'commands').findOne({ _id: body.id }))?.requestId).toBe(
    headers['x-request-id'],
  );
});

test('a command that was found by reading, and fails, is found by the same', async () => {
  const { models } = world.context;
  const user = await world.user();
  const requestId = 'request-of-a-damaged-command';
  const headers = { 'X-Request-Id': requestId };
  const charged = await world.client.command<Job>('post', '/v1/points/charges', {
    ...user,
    headers,
    body: { amount: 1 },
  });
  const template = await native(models, 'commands').findOne({ _id: charged.body.id });
  if (!template) throw new Error('not stored');
  const _id = `${template._id}x`;
  const damaged = {
    ...template,
    _id,
    key: 'damaged',
    payload: { amount: -1, holdId: 'hold_1' },
    status: 'accepted' as const,
  };
  await native(models, 'commands').insertOne({ ...damaged, finishedAt: null, dueAt: new Date() });
  expect(await lineOf(_id)).toMatchObject({
    ...{ level: 50, msg: 'command failed for good', code: 'COMMAND_FAILED' },
    ...{ user: user.id, hold: 'hold_1', requestId },
  });
});
