import { openApiContext } from '../../api/context';
import type { Job, TestUser } from '../helpers/builders';
import { type Heard, type ListenOptions, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import { serve, startWorld, type World } from '../helpers/world';

let world: World;
let user: TestUser;
const open: Heard[] = [];
beforeAll(async () => {
  // So rare that nothing but a worker's message can bring an outcome in time.
  world = await startWorld({ settings: { STREAM_CHECK_MS: '60000', MAX_STREAMS_PER_USER: '3', MAX_ATTEMPTS: '2' } });
});
beforeEach(async () => {
  user = await world.user();
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => world?.close());

async function watch(options: ListenOptions = { token: user.token }, url = world.url): Promise<Heard> {
  const heard = await listen(`${url}/v1/jobs/events`, options);
  open.push(heard);
  return heard;
}

const jobsOf = (heard: Heard) => heard.received<Job>('job');
const idsOf = (heard: Heard) => jobsOf(heard).map(({ id }) => id);

async function charge(amount: number, { token } = user): Promise<string> {
  const { body } = await world.client.command<Job>('post', '/v1/points/charges', {
    token,
    wait: null,
    body: { amount },
  });
  return body.id;
}

test("each of the user's commands is told when it is final, as its job shows it; nobody else's is", async () => {
  const other = await world.user();
  const [heard, heardByOther] = [await watch(), await watch({ token: other.token })];
  const [stranger, done] = [await charge(1, other), await charge(5)];
  await until('done', () => jobsOf(heard).length === 1);
  const body = { amount: 1_000_000 };
  await world.client.command('post', '/v1/points/uses', { token: user.token, body });
  await until('refused', () => jobsOf(heard).length === 2);
  expect(jobsOf(heard).map(({ status, problem }) => [status, problem?.code])).toEqual([
    ['done', undefined],
    ['refused', 'POINTS_INSUFFICIENT'],
  ]);
  for (const job of jobsOf(heard))
    expect((await world.client.send('get', `/v1/jobs/${job.id}`, { token: user.token })).body).toEqual(job);
  expect(idsOf(heard)).toContain(done);
  expect(idsOf(heard)).not.toContain(stranger);
  await until('the other one is told, too', () => jobsOf(heardByOther).length > 0);
  expect(idsOf(heardByOther)).toEqual([stranger]);
});

test("the product's own commands are nobody's jobs", async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  const heard = await watch({ token: fan.token });
  await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  await until('held', () => jobsOf(heard).length === 1);
  world.clock.offsetMs += 301_000;
  const { models } = world.context;
  await until('run out', async () => (await models.holds.findOne({ userId: fan.id }).lean())?.status === 'expired');
  const last = await charge(1, fan);
  await until('the last one', () => idsOf(heard).includes(last));
  expect(jobsOf(heard).map(({ kind }) => kind)).toEqual(['hold.place', 'points.charge']);
});

test('who comes a moment late hears of what has just finished', async () => {
  const id = await charge(5);
  await until('final', async () => (await world.client.send('get', `/v1/jobs/${id}`, user)).body.status === 'done');
  const heard = await watch();
  await until('told', () => idsOf(heard).includes(id));
});

test('who comes back hears what finished since, from any process, and nothing older', async () => {
  const heard = await watch();
  const old = await charge(1);
  await until('told', () => idsOf(heard).includes(old));
  world.clock.offsetMs += 30_000;
  const known = await charge(2);
  await until('told', () => idsOf(heard).includes(known));
  const lastEventId = heard.lastEventId();
  heard.close();
  world.clock.offsetMs += 300_000;
  const missed = await charge(3);
  await until('final', async () => (await world.client.send('get', `/v1/jobs/${missed}`, user)).body.status === 'done');
  // Longer ago than what everybody is told.
  world.clock.offsetMs += 120_000;
  const other = await openApiContext(world.config, world.clock);
  try {
    const again = await watch({ token: user.token, lastEventId }, await serve(other));
    await until('caught up', () => idsOf(again).includes(missed));
    expect(idsOf(again)).not.toContain(old);
    const next = await charge(4);
    await until('told there, too', () => idsOf(again).includes(next));
    expect(idsOf(again).filter((id) => id === missed)).toHaveLength(1);
  } finally {
    await other.lifecycle.close();
  }
});

test.each(['nonsense', '', '99999999999999.job', '-1.job'])(
  'the id %j leads to the last minute',
  async (lastEventId) => {
    const id = await charge(5);
    await until('final', async () => (await world.client.send('get', `/v1/jobs/${id}`, user)).body.status === 'done');
    const heard = await watch({ token: user.token, lastEventId });
    await until('told', () => idsOf(heard).includes(id));
  },
);

test('a command that fails for good is told, too', async () => {
  const heard = await watch();
  await world.workers.stop();
  const id = await charge(5);
  await world.context.models.commands.updateOne({ _id: id }, { payload: { amount: 'much' } });
  await world.workers.start();
  await until('failed', () => jobsOf(heard).length === 1);
  expect(jobsOf(heard)[0]).toMatchObject({ id, status: 'failed', problem: { code: 'COMMAND_FAILED' } });
});

test('one user may have so many', async () => {
  for (const _ of [1, 2, 3]) await watch();
  const refused = await world.client.send('get', '/v1/jobs/events', user);
  expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_STREAMS' } });
});
