import { createClient, FrontrowError, newIdempotencyKey } from '../../client/src/index';
import type { Fan, TestConcert } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { type BadNetwork, type Fault, openBadNetwork } from './bad-network';

let world: World;
let network: BadNetwork;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_WAIT_SECONDS: '1' } });
  concert = await world.concert({ seats: 40 });
});
afterAll(() => world?.close());
beforeEach(async () => {
  network = await openBadNetwork(world.url);
});
afterEach(() => network?.close());

let nextSeat = 0;
const freeSeat = () => concert.seatIds.slice(nextSeat++, nextSeat);
const clientOf = ({ token }: { token: string }) => createClient({ baseUrl: network.url, token, retryMs: 20 });

async function caught(promise: Promise<unknown>): Promise<FrontrowError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FrontrowError);
  return error as FrontrowError;
}

test('a whole booking: every command answers what it brought about', async () => {
  const fan = await world.fan(concert);
  const { points, holds, payments, reservations, jobs } = clientOf(fan);
  const seatIds = freeSeat();
  const hold = await holds.place(concert.performanceId, seatIds, fan);
  expect(hold).toMatchObject({ seatIds, amount: 1000, jobId: expect.stringMatching(/^job_/) });
  expect(await holds.get(hold.holdId)).toMatchObject({ status: 'held' });
  expect(await points.charge(3000)).toMatchObject({ amount: 3000, balance: 3000 });
  const paid = await holds.pay(hold.holdId);
  expect(paid.balance).toBe(2000);
  expect(await payments.get(paid.paymentId)).toMatchObject({ holdId: hold.holdId });
  expect(await reservations.get(paid.reservationId)).toMatchObject({ seatIds, amount: 1000 });
  expect(await points.use(500)).toMatchObject({ balance: 1500 });
  expect(await points.balance()).toBe(1500);
  expect(await jobs.get(paid.jobId)).toMatchObject({ status: 'done', kind: 'payment.pay' });
  expect(await jobs.wait(paid.jobId)).toMatchObject({ reservationId: paid.reservationId });
  const spare = await world.fan(concert);
  const other = await clientOf(spare).holds.place(concert.performanceId, freeSeat(), spare);
  expect(await clientOf(spare).holds.release(other.holdId)).toMatchObject({ holdId: other.holdId });
});

test.each<[string, Fault[]]>([
  ['the answer is lost', ['lose-answer']],
  ['the answer breaks off', ['cut-answer']],
  ['it never arrives', ['never-arrives', 'never-arrives']],
  ['a proxy answers 502', [{ status: 502, body: '<h1>Bad Gateway</h1>' }]],
  ['the server answers 503', [{ status: 503, headers: { 'Retry-After': '0' } }]],
  ['it is refused 429', [{ status: 429, headers: { 'Retry-After': '0' } }]],
  ['all of it at once', ['lose-answer', { status: 503 }, 'lose-answer', { status: 504 }]],
])('when %s a charge is sent again with its key, and happens once', async (_what, faults) => {
  const user = await world.user();
  network.next(...faults);
  const reported: boolean[] = [];
  const outcome = await clientOf(user).points.charge(700, { onAccepted: ({ replayed }) => reported.push(replayed) });
  expect(outcome).toMatchObject({ amount: 700, balance: 700 });
  const sent = network.seen;
  expect(sent).toHaveLength(faults.length + 1);
  expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
  expect(sent[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  expect(await world.context.models.pointEntries.countDocuments({ userId: user.id })).toBe(1);
  const arrived = faults.some((fault) => fault === 'lose-answer' || fault === 'cut-answer');
  expect(reported).toEqual([arrived]);
});

test('the time that the server asks for is kept', async () => {
  const user = await world.user();
  network.next({ status: 503, headers: { 'Retry-After': '1' } });
  await clientOf(user).points.charge(1);
  const [first, second] = network.seen;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
});

test('a key given by the caller names the same command for ever', async () => {
  const user = await world.user();
  const idempotencyKey = newIdempotencyKey();
  const [one, two] = [clientOf(user), clientOf(user)];
  const outcomes = await Promise.all([
    one.points.charge(50, { idempotencyKey }),
    two.points.charge(50, { idempotencyKey }),
  ]);
  expect(outcomes[0]).toEqual(outcomes[1]);
  expect(await one.points.balance()).toBe(50);
  const error = await caught(one.points.charge(60, { idempotencyKey }));
  expect([error.code, error.status]).toEqual(['IDEMPOTENCY_KEY_REUSED', 422]);
});

test('a refusal is an error with code, seats and job, and is not sent again', async () => {
  const [fan, other] = [await world.fan(concert), await world.fan(concert)];
  const seatIds = freeSeat();
  await world.hold(other, concert, seatIds);
  const error = await caught(clientOf(fan).holds.place(concert.performanceId, seatIds, fan));
  expect(error).toMatchObject({ name: 'FrontrowError', code: 'SEAT_TAKEN', status: 409, problem: { seatIds } });
  expect(error.jobId).toMatch(/^job_/);
  expect(error.message).toContain(seatIds[0]);
  expect(network.seen).toHaveLength(1);
});

test.each<[string, (fan: Fan) => Promise<unknown>, string, number]>([
  ['too much', (fan) => clientOf(fan).points.charge(0), 'VALIDATION_FAILED', 400],
  ['no queue token', (fan) => place(fan, null), 'QUEUE_TOKEN_REQUIRED', 403],
  ['an unknown hold', (fan) => clientOf(fan).holds.get('hold_none'), 'HOLD_NOT_FOUND', 404],
  ['nobody', () => clientOf({ token: 'x' }).points.balance(), 'UNAUTHENTICATED', 401],
])('a problem is an error with its code, and is not sent again: %s', async (_what, ask, code, status) => {
  const fan = await world.fan(concert);
  const error = await caught(ask(fan));
  expect([error.code, error.status]).toEqual([code, status]);
  expect(error.requestId).toMatch(/^request_[0-9a-z]{26}$/);
  expect(network.seen).toHaveLength(1);
});

const place = (fan: Fan, queueToken: string | null) =>
  clientOf(fan).holds.place(concert.performanceId, [concert.seatIds[39] ?? ''], { queueToken });

describe('a deadline', () => {
  test('ends with the last reason: no answer', async () => {
    network.next(...Array<Fault>(50).fill('never-arrives'));
    const since = performance.now();
    const error = await caught(clientOf(await world.user()).points.charge(5, { deadlineMs: 300 }));
    expect([error.code, error.status]).toEqual(['NO_ANSWER', 0]);
    expect(network.seen.length).toBeGreaterThan(2);
    expect(performance.now() - since).toBeLessThan(2000);
  });

  test('ends at once when the server asks for more time than there is', async () => {
    const problem = { code: 'OVERLOADED', status: 503, detail: 'Too many.' };
    network.next({ status: 503, headers: { 'Retry-After': '60' }, body: JSON.stringify(problem) });
    const error = await caught(clientOf(await world.user()).points.charge(5));
    expect(error).toMatchObject({ code: 'OVERLOADED', status: 503, retryAfterSeconds: 60, problem });
    expect(network.seen).toHaveLength(1);
  });

  test('a POST without a key is not sent again when its answer is lost', async () => {
    const { token } = await world.admin();
    network.next('lose-answer');
    const made = clientOf({ token }).call('POST /v1/admin/concerts', { body: { id: 'concert_once', title: 'Once' } });
    expect((await caught(made)).code).toBe('NO_ANSWER');
    expect(await world.context.models.concerts.countDocuments({ title: 'Once' })).toBe(1);
  });
});

describe('while no worker runs', () => {
  beforeAll(() => world.workers.stop());

  test('an abort ends a command at once with its own reason', async () => {
    const controller = new AbortController();
    const reason = new Error('the page is closed');
    const client = clientOf(await world.user());
    const onAccepted = () => setImmediate(() => controller.abort(reason));
    await expect(client.points.charge(9, { signal: controller.signal, onAccepted })).rejects.toBe(reason);
    await expect(client.points.balance({ signal: controller.signal })).rejects.toBe(reason);
    const during = new AbortController();
    const since = performance.now();
    setTimeout(() => during.abort(reason), 50);
    await expect(client.points.charge(9, { signal: during.signal })).rejects.toBe(reason);
    // The server would have held the answer back for a second.
    expect(performance.now() - since).toBeLessThan(900);
  });

  test('a job that is not final at the deadline can be followed later, at the pace and place that the server names', async () => {
    const user = await world.user();
    const client = clientOf(user);
    const error = await caught(client.points.charge(9, { deadlineMs: 2500 }));
    expect(error).toMatchObject({ code: 'JOB_UNFINISHED', jobId: expect.stringMatching(/^job_/) });
    const before = network.seen.length;
    const outcome = client.jobs.wait(error.jobId ?? '');
    await until('it is asked for', () => network.seen.length > before);
    await world.workers.start();
    expect(await outcome).toMatchObject({ amount: 9, balance: 9, jobId: error.jobId });
    expect(network.seen.slice(1).every(({ path }) => path === `/v1/jobs/${error.jobId}`)).toBe(true);
    const looks = network.seen.slice(before).map(({ at }) => at);
    expect(looks.length).toBeGreaterThanOrEqual(2);
    for (const [i, at] of looks.slice(1).entries()) expect(at - (looks[i] ?? 0)).toBeGreaterThanOrEqual(950);
    expect(await world.context.models.pointEntries.countDocuments({ userId: user.id })).toBe(1);
  });
});
