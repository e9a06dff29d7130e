import { runAudit } from '../../workers/audit/run-audit';
import { startCallOffs } from '../../workers/call-offs/call-offs';
import type { Fan, Job, TestConcert, TestUser } from '../helpers/builders';
import { environment, type Process, startProcess } from '../helpers/processes';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

const buyers = 60;
let world: World;
let admin: TestUser;
const started: Process[] = [];
beforeEach(async () => {
  // In this process nothing is carried out unless a test says so.
  world = await startWorld({ workers: false, settings: { HOLD_SECONDS: '600', LEASE_MS: '1000' } });
  admin = await world.admin();
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended();
  }
  await world?.close();
});

const callOff = ({ performanceId }: TestConcert, reason = 'The singer is ill') =>
  world.client.send('post', `/v1/admin/performances/${performanceId}/cancellation`, {
    token: admin.token,
    body: { reason },
  });
const progress = async ({ performanceId }: TestConcert) =>
  (await world.client.send('get', `/v1/admin/performances/${performanceId}/cancellation`, admin)).body;
const isOver = (concert: TestConcert) => async () => (await progress(concert)).finishedAt !== null;
const balanceOf = async (fan: Fan) => (await world.client.send('get', '/v1/points', { token: fan.token })).body.balance;

async function audit() {
  const { connection, models, clock } = world.context;
  return (await runAudit({ connection, models, offsetMs: clock.offsetMs }, { quiet: true })).violations;
}

/** As many fans as seats, each of whom has bought one. */
async function soldOut(concert: TestConcert): Promise<Fan[]> {
  const { seatIds } = concert;
  const fans: Fan[] = [];
  for (let i = 0; i < buyers; i += 10)
    fans.push(...(await Promise.all(Array.from({ length: 10 }, () => world.fan(concert, { points: 1000 })))));
  await Promise.all(
    fans.map(async (fan, i) => {
      const { holdId } = await world.hold(fan, concert, seatIds.slice(i, i + 1));
      await world.pay(fan, holdId);
    }),
  );
  return fans;
}

test('from the answer on nothing is held or paid; what is owned comes back, live holds end', async () => {
  await world.workers.start();
  const concert = await world.concert({ seats: 6 });
  const other = await world.concert();
  await world.context.models.performances.updateOne(
    { _id: concert.performanceId },
    { cancellationFee: { percent: 50 } },
  );
  const [owner, holder, payer, late] = await Promise.all(
    Array.from({ length: 4 }, () => world.fan(concert, { points: 2000 })),
  );
  if (!owner || !holder || !payer || !late) throw new Error('four fans');
  const owned = await world.hold(owner, concert, concert.seatIds.slice(0, 2));
  const { reservationId } = (await world.pay(owner, owned.holdId)).body.result;
  const held = await world.hold(holder, concert, concert.seatIds.slice(2, 3));
  const paying = await world.hold(payer, concert, concert.seatIds.slice(3, 4));
  await world.workers.stop();
  // Accepted before, and carried out only after.
  const before = await world.client.command<Job>('post', `/v1/holds/${paying.holdId}/payment`, {
    ...payer,
    wait: null,
  });
  const answer = await callOff(concert);
  expect(answer).toMatchObject({ status: 202, body: { reason: 'The singer is ill', seats: 4, seatsLeft: 4 } });
  const tried = await world.client.command<Job>('post', `/v1/performances/${concert.performanceId}/holds`, {
    ...late,
    ...{ wait: null, body: { seatIds: concert.seatIds.slice(4, 5) } },
  });
  const tooLate = await world.client.command<Job>('post', `/v1/holds/${held.holdId}/payment`, {
    ...holder,
    wait: null,
  });
  await world.workers.start();
  const job = (id: string, { token }: Fan) =>
    until('the outcome', async () => {
      const { body } = await world.client.send<Job>('get', `/v1/jobs/${id}`, { token });
      return body.status === 'accepted' ? null : body;
    });
  expect((await job(tried.body.id, late)).problem.code).toBe('PERFORMANCE_CANCELLED');
  expect((await job(tooLate.body.id, holder)).problem.code).toBe('PERFORMANCE_CANCELLED');
  expect((await job(before.body.id, payer)).status).toBe('done');
  await until('all of it is given back', isOver(concert));
  expect(await Promise.all([owner, holder, payer].map(balanceOf))).toEqual([2000, 2000, 2000]);
  const reservation = await world.client.send('get', `/v1/reservations/${reservationId}`, owner);
  expect(reservation.body).toMatchObject({
    status: 'cancelled',
    seats: [{ refunded: 1000, fee: 0 }, { refunded: 1000 }],
  });
  expect((await world.client.send('get', `/v1/holds/${held.holdId}`, holder)).body.status).toBe('expired');
  const shown = await world.client.send('get', `/v1/performances/${concert.performanceId}`);
  expect(shown.body).toMatchObject({ cancelledAt: answer.body.cancelledAt, seatsAvailable: 0 });
  // The other date goes on.
  const fan = await world.fan(other);
  expect((await world.hold(fan, other, other.seatIds.slice(0, 1))).seatIds).toHaveLength(1);
  const again = await callOff(concert, 'Another reason');
  expect(again.body).toMatchObject({ reason: 'The singer is ill', seats: 4, seatsLeft: 0 });
  expect(await world.context.models.adminActions.countDocuments({ action: 'performance.cancel' })).toBe(1);
  expect(await audit()).toEqual([]);
});

test('a worker that is killed in the middle: another one goes on, and everybody is refunded once', async () => {
  const settings = environment(world.config, { AUDIT_EVERY_MINUTES: '0', LOG_LEVEL: 'info' });
  const start = async (): Promise<Process> => {
    const worker = startProcess('workers/main', settings);
    started.push(worker);
    await worker.said('carrying out commands');
    return worker;
  };
  const first = await start();
  const concert = await world.concert({ seats: buyers });
  const fans = await soldOut(concert);
  await callOff(concert);
  const { models } = world.context;
  await until('some of it is given back', async () => (await progress(concert)).seatsLeft !== buyers);
  await first.end('SIGKILL');
  const left = Number((await progress(concert)).seatsLeft);
  const second = await start();
  await until('all of it is given back', isOver(concert), 60_000);
  await second.end();
  expect(await Promise.all(fans.map(balanceOf))).toEqual(fans.map(() => 1000));
  const refunds = await models.commands.find({ kind: 'reservation.cancel' }).lean();
  expect(refunds).toHaveLength(buyers);
  expect(refunds.every(({ status }) => status === 'done')).toBe(true);
  expect(left).toBeLessThan(buyers);
  expect(await audit()).toEqual([]);
}, 120_000);

test('a date of which something is stuck is walked again and again, and outdates the batches of other sales once', async () => {
  const { models } = world.context;
  const concert = await world.concert({ seats: 1 });
  await models.seats.updateOne({ _id: concert.seatIds[0] }, { status: 'sold', holdId: 'hold_stuck' });
  await models.fences.create({ _id: 'reservation-00', epoch: 1, position: 0, touchedAt: new Date() });
  await callOff(concert);
  const position = async () => (await models.fences.findById('reservation-00').lean())?.position;
  expect(await position()).toBe(1);
  const callOffs = startCallOffs(world.context, 'worker');
  const turns = new Set<number>();
  await until('three walks', async () => {
    const turn = await models.schedules.findById('call-offs').lean();
    if (turn?.owner === null && turn.nextAt.getTime() > 0) turns.add(turn.nextAt.getTime());
    return turns.size === 3;
  });
  await callOffs.stop();
  expect(await position()).toBe(2);
}, 30_000);
