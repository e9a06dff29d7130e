import type { Context } from '../../shared/context';
import { openOperationsServer } from '../../shared/health/operations-server';
import { native } from '../../shared/models';
import { deleteOld } from '../../workers/retention/delete-old';
import type { Job, TestUser } from '../helpers/builders';
import { type Heard, listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import type { World } from '../helpers/world';

interface Page {
  items: Record<string, string>[];
  nextCursor: string | null;
}

/** Asks for everything that can be asked for, as a user and as an admin, until workers have done all of it. */
export async function tour(world: World, worker: Context, heavy: TestUser, concertId: string): Promise<void> {
  const { client } = world;
  const admin = await world.admin();
  const get = async (path: string, { token }: TestUser) => (await client.send<Page>('get', path, { token })).body;
  /** A list, its next page, and so on a few times. */
  const pages = async (path: string, user: TestUser) => {
    const joint = path.includes('?') ? '&' : '?';
    let cursor: string | null = null;
    const items: Record<string, string>[] = [];
    for (let i = 0; i < 3; i += 1) {
      const page: Page = await get(`${path}${joint}limit=5${cursor ? `&cursor=${cursor}` : ''}`, user);
      items.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    return items;
  };

  const small = await world.concert({ seats: 20, performances: 3 });
  const fan = await world.fan(small, { points: 50_000 });
  const { performanceId, seatIds } = small;
  const streams: Heard[] = [];
  for (const user of [heavy, fan]) {
    for (const list of ['holds', 'reservations', 'points/history']) await pages(`/v1/${list}`, user);
    await pages(`/v1/holds?performanceId=${user === heavy ? 'perf_generated' : performanceId}`, user);
    await get('/v1/points', user);
    streams.push(await listen(`${world.url}/v1/jobs/events`, { token: user.token }));
  }
  streams.push(await listen(`${world.url}/v1/performances/${performanceId}/seats/events`, {}));
  await pages('/v1/concerts', fan);
  for (const id of [concertId, small.concertId]) {
    await get(`/v1/concerts/${id}`, fan);
    await pages(`/v1/concerts/${id}/performances`, fan);
    await pages(`/v1/concerts/${id}/performances?status=available`, fan);
  }
  for (const id of ['perf_generated', performanceId]) {
    await get(`/v1/performances/${id}`, fan);
    await client.send('get', `/v1/performances/${id}/seats`, { token: heavy.token });
    await client.send('get', `/v1/performances/${id}/seats`, {});
  }
  await changeThings(world, fan, small);
  const job = await client.command<Job>('post', '/v1/points/charges', { ...heavy, key: 'again', body: { amount: 5 } });
  await client.command('post', '/v1/points/charges', { ...heavy, key: 'again', body: { amount: 5 } });
  // The gate refuses whoever has not joined, unless it is a repeat.
  const body = { seatIds: seatIds.slice(0, 1) };
  await client.command('post', `/v1/performances/${performanceId}/holds`, { ...heavy, queueToken: 'none', body });
  await get(`/v1/jobs/${job.body.id}`, heavy);
  await administer(world, admin, small.concertId, job.body.id);
  await pages('/v1/admin/sales', admin);
  await pages('/v1/admin/failed-jobs', admin);
  await pages('/v1/admin/actions', admin);
  await get(`/v1/admin/concerts/${small.concertId}/sales`, admin);
  await get('/v1/admin/lanes', admin);
  await get('/v1/admin/events', admin);
  for (const context of [world.context, worker]) {
    await openOperationsServer(context, world.context.readiness, 0);
    await context.metrics.registry.metrics();
  }
  await world.context.readiness();
  await deleteSome(worker);
  for (const stream of streams) stream.close();
  await until('all is done', async () => !(await unfinished(world)));
}

/** A little of each kind. */
async function deleteSome(worker: Context): Promise<void> {
  for (const [KEEP_COMMANDS_DAYS, KEEP_HOLDS_DAYS] of [
    [30, 0],
    [0, 30],
    [0, 0],
  ] as const) {
    const context = { ...worker, config: { ...worker.config, KEEP_COMMANDS_DAYS, KEEP_HOLDS_DAYS } };
    await deleteOld(context, AbortSignal.timeout(100)).catch(() => undefined);
  }
}

async function unfinished({ context, clock }: World): Promise<boolean> {
  const due = { status: 'accepted', dueAt: { $lte: new Date(clock.now()) } } as const;
  return (await native(context.models, 'commands').findOne(due)) !== null;
}

/** Holds, of which one is paid, one given back, one runs out. */
async function changeThings(
  world: World,
  fan: Awaited<ReturnType<World['fan']>>,
  concert: Parameters<World['hold']>[1],
) {
  const { client } = world;
  const [first = '', second = '', third = ''] = concert.seatIds;
  const { holdId } = await world.hold(fan, concert, [first]);
  await client.send('get', `/v1/holds/${holdId}`, { token: fan.token });
  const paid = await world.pay(fan, holdId);
  const { paymentId, reservationId } = paid.body.result as Record<string, string>;
  await client.send('get', `/v1/payments/${paymentId}`, { token: fan.token });
  await client.send('get', `/v1/reservations/${reservationId}`, { token: fan.token });
  await client.send('post', `/v1/concerts/${concert.concertId}/queue-token`, { token: fan.token });
  const given = await world.hold(fan, concert, [second]);
  await client.command('delete', `/v1/holds/${given.holdId}`, { token: fan.token });
  await world.hold(fan, concert, [third]);
  await client.command('post', '/v1/points/uses', { token: fan.token, body: { amount: 5 } });
  world.clock.offsetMs += 301_000;
  const { models } = world.context;
  await until(
    'run out',
    async () => (await models.holds.findOne({ userId: fan.id, status: 'expired' }).lean()) !== null,
  );
}

async function administer({ client, context }: World, { token }: TestUser, concertId: string, jobId: string) {
  const at = `/v1/admin/concerts/${concertId}`;
  const room = `${at}/waiting-room`;
  await client.send('get', room, { token });
  await client.send('patch', room, { token, body: { maxActive: 5 } });
  for (const [action, body] of [['pause'], ['resume'], ['drain', { draining: true }], ['reset', { epoch: 1 }]] as const)
    await client.send('post', `${room}/${action}`, { token, body });
  await client.send('patch', at, { token, body: { title: 'Another title' } });
  await client.send('post', '/v1/admin/concerts', { token, body: { id: 'concert_new', title: 'New' } });
  const sections = [{ name: 'A', rows: 1, seatsPerRow: 2, price: 100 }];
  const date = { id: 'perf_new', startsAt: '2035-01-01T19:00:00.000Z', sections };
  for (let i = 0; i < 2; i += 1)
    await client.send('post', '/v1/admin/concerts/concert_new/performances', { token, body: date });
  await keepPlans(client, token);
  await client.send('get', `/v1/admin/jobs/${jobId}`, { token });
  const problem = { code: 'COMMAND_FAILED', detail: 'made to fail' } as const;
  const failed = { status: 'failed', result: null, problem } as const;
  await native(context.models, 'commands').updateOne({ _id: jobId }, { $set: failed });
  await client.send('get', '/v1/admin/failed-jobs', { token });
  await client.send('post', `/v1/admin/jobs/${jobId}/retry`, { token });
}

/** Seating plans, of which one is edited and made into a date, and one deleted. */
async function keepPlans(client: World['client'], token: string): Promise<void> {
  const plans = '/v1/admin/seating-plans';
  const seats = [1, 2].map((number) => ({ section: 'A', row: '1', number, category: 'R' }));
  for (const [id, title, replaces] of [
    ['plan_one', 'One'],
    ['plan_two', 'Two'],
    ['plan_one', 'Edited', 1],
  ] as const)
    await client.send('post', plans, { token, body: { id, title, seats, ...(replaces && { replaces }) } });
  await client.send('get', `${plans}/plan_one`, { token });
  const page = await client.send('get', `${plans}?limit=1`, { token });
  await client.send('get', `${plans}?limit=1&cursor=${page.body.nextCursor}`, { token });
  const date = {
    id: 'perf_planned',
    startsAt: '2035-01-01T19:00:00.000Z',
    seatingPlanId: 'plan_one',
    prices: { R: 5 },
  };
  await client.send('post', '/v1/admin/concerts/concert_new/performances', { token, body: date });
  await client.send('delete', `${plans}/plan_two`, { token });
}
