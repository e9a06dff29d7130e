import { createClient, type FrontrowError, type QueueTokenState } from '../../client/src/index';
import type { TestConcert, TestUser } from '../helpers/builders';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { type BadNetwork, openBadNetwork } from './bad-network';

let world: World;
let admin: TestUser;
let network: BadNetwork;
beforeAll(async () => {
  world = await startWorld({ settings: { ADMIT_MS: '50' } });
  admin = await world.admin();
  network = await openBadNetwork(world.url);
});
afterAll(async () => {
  await network?.close();
  await world?.close();
});

const clientOf = ({ token }: TestUser) => createClient({ baseUrl: network.url, token, retryMs: 20 });
const closed = () => world.concert({ room: { maxActive: 0, graceSeconds: 600 } });

/** Lets so many in, as an operator does. */
function open({ concertId }: TestConcert, maxActive = 10) {
  const path = `/v1/admin/concerts/${concertId}/waiting-room`;
  return world.client.send('patch', path, { token: admin.token, body: { maxActive } });
}

/** Waits in line in the background. */
function wait(user: TestUser, { concertId }: TestConcert, options: { signal?: AbortSignal; live?: boolean } = {}) {
  const queue = clientOf(user).queue(concertId);
  const states: QueueTokenState[] = [];
  const end = (async () => {
    for await (const state of queue.wait(options)) states.push(state);
  })();
  end.catch(() => undefined);
  const seen = (what: string, test: (state: QueueTokenState) => boolean) => until(what, () => states.some(test));
  return { queue, states, end, seen };
}

const polls = (path: string) => network.seen.filter((seen) => seen.method === 'GET' && seen.path === path);

test('waits until it is active, and looks when the server says so', async () => {
  const concert = await closed();
  const user = await world.user();
  const { queue, states, end, seen } = wait(user, concert);
  await seen('a place', ({ position }) => position === 1);
  await open(concert);
  await end;
  expect(states.at(0)).toMatchObject({ status: 'waiting', ahead: 0 });
  expect(states.at(-1)).toMatchObject({ status: 'active' });
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  const [joined] = network.seen.filter((seen) => seen.method === 'POST' && seen.path === path);
  const waited = (polls(path)[0]?.at ?? 0) - (joined?.at ?? 0);
  expect(waited).toBeGreaterThanOrEqual((states[0]?.pollAfterSeconds ?? 0) * 1000 - 50);
  const hold = await clientOf(user).holds.place(concert.performanceId, concert.seatIds.slice(0, 1), {
    queueToken: queue.token,
  });
  expect(hold.amount).toBe(1000);
});

test('live: is notified by the stream at once, without polls', async () => {
  const concert = await closed();
  const { states, end, seen } = wait(await world.user(), concert, { live: true });
  await seen('a place', ({ position }) => position === 1);
  const events = `/v1/concerts/${concert.concertId}/queue-token/events`;
  await until('the stream is open', () => polls(events).length === 1);
  await open(concert);
  await end;
  expect(states.at(-1)).toMatchObject({ status: 'active' });
  expect(polls(`/v1/concerts/${concert.concertId}/queue-token`)).toHaveLength(0);
});

test('live: a stream that breaks is opened again, and meanwhile it polls', async () => {
  const concert = await closed();
  const { states, end } = wait(await world.user(), concert, { live: true });
  await until('the stream has sent something', () => states.length === 2);
  const events = `/v1/concerts/${concert.concertId}/queue-token/events`;
  world.context.eventStreams.close();
  await until('the stream is open again', () => polls(events).length === 2);
  expect(polls(`/v1/concerts/${concert.concertId}/queue-token`)).not.toHaveLength(0);
  await open(concert);
  await end;
});

/** Proxies that hold an event stream back: one answers nothing, one only the headers. */
const withoutAnswer = (signal: AbortSignal) =>
  new Promise<Response>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
const withoutByte = async (signal: AbortSignal) => {
  const body = new ReadableStream({
    start: (controller) => signal.addEventListener('abort', () => controller.error(signal.reason)),
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
};

test.each([
  ['without an answer', withoutAnswer],
  ['without a byte', withoutByte],
])('live: a stream %s is given up after a while, and it polls', async (_name, answer) => {
  const concert = await closed();
  let streams = 0;
  const client = createClient({
    baseUrl: network.url,
    token: (await world.user()).token,
    answerMs: 500,
    fetch: (input, init) => {
      if (!String(input).endsWith('/events') || !init?.signal) return fetch(input, init);
      streams += 1;
      return answer(init.signal);
    },
  });
  const states: QueueTokenState[] = [];
  const end = (async () => {
    for await (const state of client.queue(concert.concertId).wait({ live: true })) states.push(state);
  })();
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  await until('it polls', () => polls(path).length >= 2);
  await open(concert);
  await end;
  expect(states.at(-1)?.status).toBe('active');
  // Not every poll waits for another stream that is held back.
  expect(streams).toBe(1);
});

/** Less than the second that `Retry-After` says at least, and enough for an answer of a busy machine. */
const shortMs = 900;

test('two devices of one user, each with a short deadline: none gives up while the place is safe', async () => {
  const concert = await closed();
  const user = await world.user();
  const devices = [clientOf(user), clientOf(user)].map((client) => client.queue(concert.concertId));
  const waits = devices.map(async (queue) => {
    let last: QueueTokenState | undefined;
    for await (const state of queue.wait({ deadlineMs: shortMs })) last = state;
    return last?.status;
  });
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  await until('they have polled a few times', () => polls(path).length >= 5, 15_000);
  await open(concert);
  expect(await Promise.all(waits)).toEqual(['active', 'active']);
}, 40_000);

test('a limit of requests that lasts longer than the deadline costs nobody the place', async () => {
  const concert = await closed();
  const problem = { code: 'RATE_LIMITED', status: 429, detail: 'Too many requests.' };
  const queue = clientOf(await world.user()).queue(concert.concertId);
  const states = queue.wait({ deadlineMs: shortMs });
  expect((await states.next()).value).toMatchObject({ status: 'waiting' });
  await open(concert);
  network.next(
    ...Array.from({ length: 2 }, () => ({
      status: 429,
      headers: { 'Retry-After': '1' },
      body: JSON.stringify(problem),
    })),
  );
  expect((await states.next()).value).toMatchObject({ status: 'active' });
});

test('lost answers, 503 and 429 in line cost nobody the place', async () => {
  const concert = await closed();
  network.next('lose-answer', { status: 503, headers: { 'Retry-After': '0' } });
  const first = wait(await world.user(), concert);
  await first.seen('a place', ({ position }) => position === 1);
  const second = wait(await world.user(), concert);
  await second.seen('a place', ({ position }) => position === 2);
  network.next({ status: 429, headers: { 'Retry-After': '1' } }, 'lose-answer', 'never-arrives');
  await open(concert);
  await Promise.all([first.end, second.end]);
  expect(first.states.at(-1)?.status).toBe('active');
});

test('comes back when Redis was lost, with the same token', async () => {
  const concert = await closed();
  const { queue, states, end, seen } = wait(await world.user(), concert);
  await seen('a place', ({ position }) => position === 1);
  const { token } = queue;
  const { redis, config } = world.context;
  const key = (name: string) => `${config.QUEUE_PREFIX}:room:{${concert.concertId}}:${name}`;
  await redis.unlink(['meta', 'line', 'active', 'visits', 'ended', 'admissions'].map(key));
  const known = states.length;
  await until('it is in line again', () => states.length > known && states.at(-1)?.position === 1);
  await open(concert);
  await end;
  expect(queue.token).toBe(token);
});

test('joins again when the server knows of no place', async () => {
  const concert = await closed();
  const { end, seen } = wait(await world.user(), concert);
  await seen('a place', ({ position }) => position === 1);
  const problem = { code: 'QUEUE_TOKEN_NOT_FOUND', status: 404, detail: 'You are not in line.' };
  network.next({ status: 404, body: JSON.stringify(problem) });
  const path = `/v1/concerts/${concert.concertId}/queue-token`;
  await until('joined twice', () => network.seen.filter((s) => s.method === 'POST' && s.path === path).length === 2);
  await open(concert);
  await end;
});

test('ends with a typed error when the place is gone for good, and at once when aborted', async () => {
  const concert = await closed();
  const gone = wait(await world.user(), concert);
  await gone.seen('a place', ({ position }) => position === 1);
  await gone.queue.leave();
  await expect(gone.end).rejects.toMatchObject({ name: 'FrontrowError', code: 'QUEUE_TOKEN_EXPIRED' });
  expect(gone.states.at(-1)?.status).toBe('left');

  const silent = wait(await world.user(), concert);
  await silent.seen('a place', ({ position }) => position === 1);
  const reset = `/v1/admin/concerts/${concert.concertId}/waiting-room/reset`;
  expect((await world.client.send('post', reset, { token: admin.token, body: { epoch: 1 } })).status).toBe(200);
  const error = (await silent.end.catch((reason: unknown) => reason)) as FrontrowError;
  expect(error).toMatchObject({ code: 'QUEUE_TOKEN_EXPIRED', status: 403, problem: { reason: 'reset' } });

  for (const live of [false, true]) {
    const controller = new AbortController();
    const aborted = wait(await world.user(), await closed(), { signal: controller.signal, live });
    await aborted.seen('a place', ({ position }) => position === 1);
    controller.abort(new Error('the page is closed'));
    const since = performance.now();
    await expect(aborted.end).rejects.toThrow('the page is closed');
    expect(performance.now() - since).toBeLessThan(1000);
  }
});

test('whoever stops listening leaves no stream open', async () => {
  const concert = await closed();
  const queue = clientOf(await world.user()).queue(concert.concertId);
  let received = 0;
  for await (const _state of queue.wait({ live: true })) if (++received === 2) break;
  await until('nobody listens', () => network.open() === 0);
});
