import { newCommand } from '../../../shared/commands/new-command';
import { aTopUp } from '../../helpers/a-top-up';
import type { Fan, TestConcert, TestUser } from '../../helpers/builders';
import { startWorld, type World, type WorldOptions } from '../../helpers/world';

/** Things to ask about, and people in every state, so that each error can be triggered on its own. */
export interface Scenario {
  world: World;
  admin: TestUser;
  cashier: TestUser;
  concert: TestConcert;
  /** Has been let in, and holds the first seat. */
  fan: Fan;
  holdId: string;
  /** Of `fan`: a seat that was paid for. */
  reservationId: string;
  /** Of a seat of `concert`. */
  blockId: string;
  /** Of `fan`; done. */
  jobId: string;
  /** Of `fan`; pending. */
  topUpId: string;
  /** One visitor at a time, and somebody is in. */
  full: TestConcert;
  /** Waits in front of `full`; held a seat there earlier. */
  waiting: Fan & { holdId: string };
  /** Held a seat of `concert`, then left. */
  gone: Fan & { holdId: string };
  /** Has a hold of `concert` in progress that nobody carries out, and one that failed. */
  busy: Fan & { failedJobId: string };
  /** Takes nobody new. */
  closed: TestConcert;
  /** Its line was started anew after `before` had joined. */
  restarted: TestConcert;
  before: Fan;
  /** A seating plan, and one that a date was made from. */
  planId: string;
  usedPlanId: string;
  undated: { concertId: string };
  /** Of `fan`, who waits on standby. */
  standbyId: string;
  /** Used by `fan`, by `cashier` and by the admin, for another request than any in the tests. */
  usedKey: string;
}

export async function createScenario(settings: WorldOptions['settings'] = {}): Promise<Scenario> {
  const world = await startWorld({ settings: { MAX_SEATS_PER_HOLD: '2', ...settings } });
  const { client } = world;
  const [admin, cashier] = [await world.admin(), await world.cashier()];
  const concert = await world.concert({ sections: ['A', 'B'] });
  const fan = await world.fan(concert, { points: 1000 });
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const reservationId = await someSeat(world, fan, concert);
  const usedKey = 'used';
  const body = { amount: 7 };
  const job = await client.command<{ id: string }>('post', '/v1/points/charges', { ...fan, key: usedKey, body });
  const chargeFan = `/v1/admin/users/${fan.id}/points/charges`;
  await client.command('post', chargeFan, { ...cashier, key: usedKey, body: { amount: 7, reference: 'first' } });
  await client.send('post', `/v1/admin/reservations/${reservationId}/cancellation`, {
    ...{ token: admin.token, headers: { 'Idempotency-Key': usedKey } },
    body: { seatIds: ['nothing'], reason: 'to be refused', refund: 'none' },
  });
  const blockId = await someBlock(world, admin, concert, usedKey);
  const full = await world.concert({ room: { maxActive: 1 } });
  const closed = await world.concert({ room: { draining: true } });
  const restarted = await world.concert();
  const before = await world.fan(restarted);
  const reset = `/v1/admin/concerts/${restarted.concertId}/waiting-room/reset`;
  await client.send('post', reset, { ...admin, body: { epoch: 1 } });
  const undated = { concertId: 'concert_undated' };
  await world.context.models.concerts.create({ _id: undated.concertId, title: 'No dates', createdAt: new Date() });
  return {
    ...{
      world,
      admin,
      cashier,
      concert,
      fan,
      holdId,
      reservationId,
      blockId,
      jobId: job.body.id,
      usedKey,
      standbyId: await someoneOnStandby(world, fan, full),
      topUpId: await aTopUp(world, fan.id),
      ...(await somePlans(world, admin, concert)),
      full,
      closed,
      restarted,
      before,
      undated,
    },
    waiting: await someoneWaiting(world, full),
    gone: await someoneGone(world, concert),
    busy: await someoneBusy(world, concert),
  };
}

async function somePlans({ client, context }: World, { token }: TestUser, { concertId }: TestConcert) {
  const seats = [{ section: 'A', row: '1', number: 1, category: 'R' }];
  const [planId, usedPlanId] = ['plan_unused', 'plan_used'];
  for (const id of [planId, usedPlanId])
    await client.send('post', '/v1/admin/seating-plans', { token, body: { id, title: 'Hall', seats } });
  const startsAt = new Date(context.clock.now() + 86_400_000).toISOString();
  const body = { id: 'perf_planned', startsAt, seatingPlanId: usedPlanId, prices: { R: 5 } };
  await client.send('post', `/v1/admin/concerts/${concertId}/performances`, { token, body });
  return { planId, usedPlanId };
}

async function someSeat(world: World, fan: Fan, concert: TestConcert): Promise<string> {
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(3, 4));
  return String((await world.pay(fan, holdId)).body.result.reservationId);
}

/** And a complimentary seat, with the same key. */
async function someBlock({ client }: World, admin: TestUser, concert: TestConcert, key: string): Promise<string> {
  const at = `/v1/admin/performances/${concert.performanceId}`;
  const send = (path: string, body: object) =>
    client.send<{ id: string }>('post', `${at}/${path}`, {
      ...{ token: admin.token, headers: { 'Idempotency-Key': key } },
      body,
    });
  await send('complimentary', { userId: 'user_guest', seatIds: concert.seatIds.slice(8, 9), reason: 'Guest' });
  return (await send('blocks', { seatIds: concert.seatIds.slice(9, 10), reason: 'Sound desk' })).body.id;
}

async function someoneOnStandby({ context }: World, { id: userId }: Fan, { concertId, performanceId }: TestConcert) {
  const entry = { _id: 'standby_of_somebody', userId, concertId, performanceId, section: 'A', seats: 1, number: 1 };
  const place = { status: 'waiting', live: true, joinedAt: new Date(), commandId: 'job_that_joined' } as const;
  await context.models.standbyEntries.create({ ...entry, ...place });
  return entry._id;
}

async function someoneWaiting(world: World, full: TestConcert) {
  const fan = await world.fan(full);
  const { holdId } = await world.hold(fan, full, full.seatIds.slice(0, 1));
  await leave(world, fan, full);
  await world.fan(full);
  await world.client.send('post', `/v1/concerts/${full.concertId}/queue-token`, { token: fan.token });
  return { ...fan, holdId };
}

async function someoneGone(world: World, concert: TestConcert) {
  const fan = await world.fan(concert);
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(1, 2));
  await leave(world, fan, concert);
  return { ...fan, holdId };
}

async function someoneBusy(world: World, concert: TestConcert) {
  const fan = await world.fan(concert);
  const { concertId, performanceId, seatIds } = concert;
  const payload = { concertId, performanceId, section: 'A', seatIds: seatIds.slice(7, 8) };
  const failedJobId = 'job_that_failed';
  const now = new Date();
  const make = (id: string) =>
    newCommand(world.config, id, { kind: 'hold.place', payload, userId: fan.id, key: id }, now);
  const { commands } = world.context.models;
  // In a lane that nobody owns.
  await commands.create({ ...make('job_in_progress'), lane: 'reservation-99' });
  await commands.create({ ...make(failedJobId), status: 'failed', finishedAt: now });
  return { ...fan, failedJobId };
}

async function leave({ client }: World, { token, queueToken }: Fan, { concertId }: TestConcert): Promise<void> {
  await client.send('delete', `/v1/concerts/${concertId}/queue-token`, { token, queueToken });
}
