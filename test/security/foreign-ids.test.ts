import type { Route } from '../../api/http/route';
import { allRoutes } from '../../api/routes';
import { exampleBody, nameOf, type RouteRequest, sendTo } from '../contract/errors/route-request';
import { aTopUp } from '../helpers/a-top-up';
import type { Fan, Job, TestConcert, TestUser } from '../helpers/builders';
import type { Answer } from '../helpers/client';
import { testConfig } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';

/** Every path parameter there is: ids of what belongs to one user, and of what everybody may see; the name of a problem. */
const owned = ['holdId', 'paymentId', 'reservationId', 'standbyId', 'jobId', 'topUpId'];
const everybodys = ['concertId', 'performanceId', 'name', 'seatId'];
/** Of endpoints with roles: every user may be charged and looked at, who was never seen as well. */
const staffs = ['userId', 'requestId', 'approvalId', 'planId', 'blockId'];

const routes = allRoutes(testConfig());
const paramsOf = (route: Route) => Object.keys(route.params?.shape ?? {});
const isAdmins = (route: Route) => typeof route.auth === 'object';
const ownedRoutes = routes.filter((route) => !isAdmins(route) && paramsOf(route).some((name) => owned.includes(name)));

let world: World;
let concert: TestConcert;
let owner: Fan;
let other: Fan;
let admin: TestUser;
/** The owner's things, by parameter name. */
let ids: Record<string, string>;

beforeAll(async () => {
  world = await startWorld();
  concert = await world.concert();
  [owner, other, admin] = await Promise.all([
    world.fan(concert, { points: 5000 }),
    world.fan(concert, { points: 5000 }),
    world.admin(),
  ]);
  const [first = '', second = ''] = concert.seatIds;
  const paidHold = await world.hold(owner, concert, [first]);
  const { holdId } = await world.hold(owner, concert, [second]);
  const { body: job } = await world.pay(owner, paidHold.holdId);
  const { paymentId, reservationId } = job.result as { paymentId: string; reservationId: string };
  const topUpId = await aTopUp(world, owner.id);
  const standbyId = await waitIn(concert);
  ids = { holdId, paymentId, reservationId, standbyId, jobId: job.id, topUpId, concertId: concert.concertId };
});
afterAll(() => world?.close());

/** The owner's place on standby, for more seats than are free. */
async function waitIn({ performanceId, seatIds }: TestConcert): Promise<string> {
  const { seats } = world.context.models;
  const taken = { _id: { $in: seatIds.slice(3) } };
  await seats.updateMany(taken, { status: 'sold' });
  const { body } = await world.client.command<Job<{ standbyId: string }>>(
    'post',
    `/v1/performances/${performanceId}/standby`,
    { token: owner.token, body: { seats: 2 } },
  );
  await seats.updateMany(taken, { status: 'available' });
  return body.result.standbyId;
}

/** Of the same length and form, but of nothing. */
const unknownIds = () => Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, `${id.slice(0, -4)}0000`]));

/** All of an answer that a client could distinguish, the id that it asked for itself aside. */
function seen({ status, headers, text }: Answer, asked: Record<string, string>) {
  const { date: _date, 'x-request-id': _id, ...others } = headers;
  const anonymous = Object.values(asked).reduce((shown, id) => shown.replaceAll(id, '<id>'), text);
  return { status, headers: others, text: anonymous };
}

async function bothAnswers(route: Route, person: Partial<RouteRequest>) {
  const body = route.body && { body: exampleBody(route) };
  const ask = async (asked: Record<string, string>) =>
    seen(await sendTo(world.client, route, { ...body, ...person, ids: asked }), asked);
  return { foreign: await ask(ids), unknown: await ask(unknownIds()) };
}

test('every path parameter is known to this test', () => {
  const names = new Set(routes.flatMap(paramsOf));
  expect([...names].sort()).toEqual([...owned, ...everybodys, ...staffs].sort());
  expect(ownedRoutes.length).toBeGreaterThanOrEqual(6);
});

describe.each(ownedRoutes.map((route) => [nameOf(route), route] as const))('%s', (_, route) => {
  test.each(['another user', 'another user without a queue token', 'an admin'])(
    'of %s: as if there were nothing',
    async (who) => {
      const token = who === 'an admin' ? admin.token : other.token;
      const { foreign, unknown } = await bothAnswers(route, { token, ...(who === 'another user' && other) });
      expect(foreign).toEqual(unknown);
      expect(foreign.status).toBe(404);
    },
  );

  test('of nobody: 401, whatever the id', async () => {
    const { foreign, unknown } = await bothAnswers(route, {});
    expect(foreign).toEqual(unknown);
    expect(foreign.status).toBe(401);
  });
});

test.each(ownedRoutes.filter(({ method }) => method === 'get').map((route) => [nameOf(route), route] as const))(
  '%s is answered to its owner, unchanged by all that',
  async (_, route) => {
    const answer = await sendTo(world.client, route, { ids, token: owner.token });
    expect(answer.status).toBe(200);
    if (route.path.includes('{holdId}')) expect(answer.body.status).toBe('held');
  },
);

describe.each(routes.filter(isAdmins).map((route) => [nameOf(route), route] as const))('%s', (_, route) => {
  test.each([403, 401])('is closed: %s, whatever the id and the body', async (status) => {
    const person = status === 403 ? { token: owner.token } : {};
    const { foreign, unknown } = await bothAnswers(route, person);
    expect(foreign).toEqual(unknown);
    const nonsense = seen(await sendTo(world.client, route, { ...person, ids: {}, query: '?a=b', rawBody: '{' }), {});
    expect([foreign.status, nonsense]).toEqual([status, foreign]);
  });
});

test('the board takes no bearer token, and shows nobody anything', async () => {
  for (const token of [undefined, owner.token, admin.token])
    for (const path of ['/board', '/board/', '/board/api/queues']) {
      const { status, text } = await world.client.send('get', path, { ...(token && { token }) });
      expect([path, status]).toEqual([path, 401]);
      expect(text).not.toContain('reservation-');
    }
});

const gated = routes.filter((route) => route.queueToken);
test.each(gated.map((route) => [nameOf(route), route] as const))(
  "%s: another user's queue token is worth what a forged one is",
  async (_, route) => {
    const body = route.path.endsWith('/holds') ? { seatIds: concert.seatIds.slice(3, 4) } : undefined;
    const stranger = await world.fan(concert);
    const hold = route.path.includes('{holdId}')
      ? (await world.hold(stranger, concert, concert.seatIds.slice(5, 6))).holdId
      : '';
    const here = { concertId: concert.concertId, performanceId: concert.performanceId, holdId: hold };
    const request = { ids: here, token: stranger.token, ...(body && { body }) };
    const answers = await Promise.all(
      [other.queueToken, `${other.queueToken.slice(0, -4)}AAAA`].map((queueToken) =>
        sendTo(world.client, route, { ...request, queueToken }),
      ),
    );
    const [theirs, forged] = answers.map((answer) => seen(answer, {}));
    expect(theirs).toEqual(forged);
    expect(answers[0]).toMatchObject({ status: 403, body: { code: 'QUEUE_TOKEN_INVALID' } });
  },
);

test('the same Idempotency-Key of two users names two commands', async () => {
  const charge = (token: string) =>
    world.client.command<{ id: string }>('post', '/v1/points/charges', {
      token,
      key: 'everybody-uses-this',
      body: { amount: 3 },
    });
  const [one, two] = [await charge(owner.token), await charge(other.token)];
  expect(one.body.id).not.toBe(two.body.id);
  expect(two.headers['idempotency-replayed']).toBeUndefined();
});
