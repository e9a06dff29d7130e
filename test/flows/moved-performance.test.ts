import { openContext } from '../../shared/context';
import { startWorkers } from '../../workers/start-workers';
import type { Fan, Job, TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

const minuteMs = 60_000;
let world: World;
let admin: TestUser;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_SEATS_PER_USER: '0' } });
  admin = await world.admin();
  // A second process: some lanes are its own.
  const context = await openContext(world.config, 'workers', world.clock);
  const second = await startWorkers(context);
  context.lifecycle.onClose('lanes', second.stop);
  world.context.lifecycle.onClose('second workers', () => context.lifecycle.close());
  await until('the lanes are shared', () => second.lanes().length > 0);
});
afterAll(() => world?.close());

const at = (ms: number) => new Date(world.clock.now() + ms).toISOString();
const move = (performanceId: string, body: object) =>
  world.client.send('patch', `/v1/admin/performances/${performanceId}`, { token: admin.token, body });
const hold = (fan: Fan, { performanceId }: TestConcert, seatId = '') =>
  world.client.command<Job>('post', `/v1/performances/${performanceId}/holds`, { ...fan, body: { seatIds: [seatId] } });
const code = async (answer: Promise<{ body: Job }>) => {
  const { body } = await answer;
  return body.problem?.code ?? body.status;
};

test('holds go by the new start at once, in the lanes of every worker that remembers the old one', async () => {
  const concert = await world.concert({ seats: 4, sections: ['A', 'B', 'C', 'D', 'E', 'F'] });
  const { performanceId, seatIds } = concert;
  const fan = await world.fan(concert);
  const nth = (n: number) => [0, 4, 8, 12, 16, 20].map((first) => seatIds[first + n]);
  for (const seat of nth(0)) expect(await code(hold(fan, concert, seat))).toBe('done');
  expect(await move(performanceId, { startsAt: at(minuteMs) })).toMatchObject({ status: 200 });
  world.clock.offsetMs += minuteMs;
  for (const seat of nth(1)) expect(await code(hold(fan, concert, seat))).toBe('PERFORMANCE_STARTED');
  const startsAt = at(60 * minuteMs);
  const moved = await move(performanceId, { startsAt });
  expect(moved.body).toMatchObject({ startsAt, movedAt: expect.any(String) });
  for (const seat of nth(2)) expect(await code(hold(fan, concert, seat))).toBe('done');
  const shown = await world.client.send('get', `/v1/performances/${performanceId}`);
  expect(shown.body).toMatchObject({ startsAt, movedFrom: moved.body.movedFrom, refundUntil: startsAt });
});

test('who has seats may give them back in the new window', async () => {
  const concert = await world.concert({ seats: 2 });
  const { performanceId, seatIds } = concert;
  const fan = await world.fan(concert, { points: 2000 });
  const { holdId } = await world.hold(fan, concert, seatIds);
  const { reservationId } = (await world.pay(fan, holdId)).body.result;
  const cancel = (seatId = '') =>
    world.client.command<Job>('post', `/v1/reservations/${reservationId}/cancellation`, {
      ...{ token: fan.token, body: { seatIds: [seatId] } },
    });
  await move(performanceId, { refundUntil: at(-1) });
  expect(await code(cancel(seatIds[0]))).toBe('CANCELLATION_CLOSED');
  const changes = {
    startsAt: at(30 * 24 * 60 * minuteMs),
    refundUntil: at(minuteMs),
    cancellationFee: { points: 100 },
  };
  expect((await move(performanceId, changes)).body).toMatchObject(changes);
  expect((await cancel(seatIds[0])).body).toMatchObject({ status: 'done', result: { refunded: 900, fee: 100 } });
});

test('the same change again is no change; it is recorded once, with what was before', async () => {
  const { performanceId } = await world.concert();
  const changes = { startsAt: at(minuteMs), refundUntil: null };
  const first = await move(performanceId, changes);
  expect((await move(performanceId, changes)).body).toEqual(first.body);
  const records = await world.context.models.adminActions.find({ target: performanceId }).lean();
  expect(records).toMatchObject([
    { action: 'performance.update', details: { startsAt: { to: new Date(changes.startsAt) } } },
  ]);
  expect(await move(performanceId, { startsAt: at(-1) })).toMatchObject({
    status: 400,
    body: { code: 'VALIDATION_FAILED' },
  });
  expect(await move('perf_never', changes)).toMatchObject({ status: 404, body: { code: 'PERFORMANCE_NOT_FOUND' } });
});
