import type { CommandDoc } from '../../shared/commands/command.model';
import { newCommand } from '../../shared/commands/new-command';
import { enqueue, queuePrefix, showFailed } from '../../shared/commands/queues';
import type { Job } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: { SWEEP_MS: '200' }, workers: false });
});
afterAll(() => world?.close());
beforeEach(() => world.workers.stop());

async function chargeWhileNobodyWorks(amount: number) {
  const user = await world.user();
  const charge = { token: user.token, body: { amount }, wait: null };
  const { body } = await world.client.command<Job>('post', '/v1/points/charges', charge);
  const command = await world.context.models.commands.findById(body.id).lean();
  if (!command) throw new Error('not stored');
  return { user, command, queue: world.context.queues.get(command.lane) };
}
const balanceOf = async (userId: string) => (await world.context.models.wallets.findById(userId).lean())?.balance;
const finished = (id: string) =>
  until('the command is final', async () => {
    const command = await world.context.models.commands.findById(id).lean();
    return command?.status !== 'accepted' && command;
  });

test('a job delivered three times takes effect once', async () => {
  const { user, command, queue } = await chargeWhileNobodyWorks(5);
  await until('the job is there', () => queue?.getJob(command._id));
  await world.workers.start();
  await finished(command._id);
  for (const _again of [2, 3]) {
    await until('the job is completed', async () => (await queue?.getJobState(command._id)) === 'completed');
    // As it is when fifty others were completed since.
    await queue?.remove(command._id);
    await queue?.add(command.kind, {}, { jobId: command._id });
  }
  await until('the jobs are gone', async () => (await queue?.getJobCounts('wait', 'active'))?.wait === 0);
  expect(await balanceOf(user.id)).toBe(5);
  expect(await world.context.models.pointEntries.countDocuments({ userId: user.id })).toBe(1);
});

test('what Redis lost between accept and run is carried out all the same', async () => {
  const { user, command, queue } = await chargeWhileNobodyWorks(7);
  await until('the job is there', () => queue?.getJob(command._id));
  const { redis, config } = world.context;
  const keys = await redis.keys(`${queuePrefix(config, command.lane)}:*`);
  await redis.del(keys);
  await world.workers.start();
  expect(await finished(command._id)).toMatchObject({ status: 'done', result: { amount: 7, balance: 7 } });
  expect(await balanceOf(user.id)).toBe(7);
});

test('an expiry whose delayed job is lost happens all the same', async () => {
  await world.workers.start();
  const concert = await world.concert({ seats: 1 });
  const fan = await world.fan(concert);
  const hold = await world.hold(fan, concert, concert.seatIds);
  const { models, queues } = world.context;
  const expire = await models.commands.findOne({ kind: 'hold.expire', 'payload.holdId': hold.holdId }).lean();
  const delayed = () => queues.get(expire?.lane ?? '')?.getDelayed();
  const [job] = await until('the delayed job', async () => {
    const jobs = (await delayed()) ?? [];
    return jobs.length > 0 && jobs;
  });
  await job?.remove();
  world.clock.offsetMs += Date.parse(hold.expiresAt) - world.clock.now();
  await until(
    'the hold has expired',
    async () => (await models.holds.findById(hold.holdId).lean())?.status === 'expired',
  );
});

test('a command that can only fail ends as failed, with the reason; the others of its group are done', async () => {
  const { config, newId, clock, models, queues } = world.context;
  const others = await Promise.all([1, 2, 3].map(chargeWhileNobodyWorks));
  const now = new Date(clock.now() - 1000);
  const request = { kind: 'points.charge', payload: { amount: 1 }, userId: 'user_poison', key: 'poison' } as const;
  const poison = { ...newCommand(config, newId('job'), request, now), payload: { amount: 'a lot' } };
  await models.commands.collection.insertOne(poison as never);
  await queues.get(poison.lane)?.add(poison.kind, {}, { jobId: poison._id });
  await world.workers.start();
  const failed = await finished(poison._id);
  expect(failed).toMatchObject({ status: 'failed', problem: { code: 'COMMAND_FAILED' } });
  expect(failed.problem?.detail).toContain('not one of points.charge');
  for (const { command } of others) expect((await finished(command._id)).status).toBe('done');
  const job = await until('the failed job in Bull Board', async () => {
    const [first] = (await queues.get(poison.lane)?.getFailed()) ?? [];
    return first;
  });
  expect([job.id, job.failedReason]).toEqual([`${poison._id}-failed`, failed.problem?.detail]);
});

test('commands of a lane that are stored together share a job; of those that fail each shows on the board by itself', async () => {
  const { config, newId, clock, models, queues } = world.context;
  const now = clock.now() - 1000;
  const commands = Array.from({ length: 5 }, (_, i) => {
    const request = { kind: 'points.charge', payload: { amount: 1 }, userId: 'user_crowd', key: `crowd-${i}` } as const;
    const command = newCommand(config, newId('job'), request, new Date(now));
    return i % 2 === 0 ? command : { ...command, payload: { amount: 'a lot' } };
  });
  await models.commands.collection.insertMany(commands as never[]);
  await enqueue(queues, commands as CommandDoc[], now);
  const ids = commands.map(({ _id }) => _id);
  const [lane = ''] = new Set(commands.map((command) => command.lane));
  const queue = queues.get(lane);
  const job = (await queue?.getWaiting())?.find(({ id }) => id?.startsWith(ids[0] ?? ''));
  expect(job).toMatchObject({ id: `${ids[0]}-and-4-more`, name: 'points.charge', data: { commands: ids } });
  await world.workers.start();
  for (const [i, id] of ids.entries()) expect((await finished(id)).status).toBe(i % 2 === 0 ? 'done' : 'failed');
  await until('both failures are shown', async () => {
    const failed = (await queue?.getFailed()) ?? [];
    return [ids[1], ids[3]].every((id) =>
      failed.some((one) => one.id === `${id}-failed` && one.failedReason.includes('payload')),
    );
  });
  await until('nothing is in hand', async () => (await queue?.getJobCountByTypes('wait', 'active')) === 0);
});

test('a command that fails while its own job is still on its way shows on the board', async () => {
  const { command, queue } = await chargeWhileNobodyWorks(4);
  const { models } = world.context;
  await until('the job is there', () => queue?.getJob(command._id));
  await queue?.remove(command._id);
  await queue?.add(command.kind, {}, { jobId: command._id, delay: 60_000 });
  await models.commands.updateOne({ _id: command._id }, { payload: 'lost' });
  await world.workers.start();
  expect((await finished(command._id)).status).toBe('failed');
  const shown = () => queue?.getJobState(`${command._id}-failed`);
  await until('it is shown', async () => (await shown()) === 'failed');
  await queue?.remove(command._id);
});

test('the job of a failure that was mended meanwhile is no failure', async () => {
  const { user, command, queue } = await chargeWhileNobodyWorks(6);
  await until('the job is there', () => queue?.getJob(command._id));
  await showFailed(world.context.queues, command);
  await world.workers.start();
  expect((await finished(command._id)).status).toBe('done');
  await until('nothing is in hand', async () => (await queue?.getJobCountByTypes('wait', 'active')) === 0);
  expect(await queue?.getJobState(`${command._id}-failed`)).toBe('unknown');
  expect(await balanceOf(user.id)).toBe(6);
});

test('a job that carries something else only rings', async () => {
  const { command, queue } = await chargeWhileNobodyWorks(3);
  await until('the job is there', () => queue?.getJob(command._id));
  await queue?.remove(command._id);
  for (const data of [{ commands: 'no list' }, { commands: [null, { $gt: '' }] }, { commands: [] }, null] as never[])
    await queue?.add('other', data);
  await world.workers.start();
  expect((await finished(command._id)).status).toBe('done');
  await until('nothing is in hand', async () => (await queue?.getJobCountByTypes('wait', 'active')) === 0);
  expect((await queue?.getFailed())?.filter(({ name }) => name === 'other')).toEqual([]);
});

test('commands of one wallet take effect in the order accepted, through stops and starts', async () => {
  const user = await world.user();
  const sent: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const charge = { token: user.token, body: { amount: 1 }, wait: null };
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => world.client.command<Job>('post', '/v1/points/charges', charge)),
    );
    sent.push(...answers.map(({ body }) => body.id));
    await (round % 2 ? world.workers.stop() : world.workers.start());
  }
  await world.workers.start();
  await until('all are done', async () => (await balanceOf(user.id)) === 100);
  const entries = await world.context.models.pointEntries.find({ userId: user.id }).sort({ seq: 1 }).lean();
  expect(entries.map((entry) => entry.commandId)).toEqual(sent.sort());
});
