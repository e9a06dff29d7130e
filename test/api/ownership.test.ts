import type { Route } from '../../api/http/route';
import { allRoutes } from '../../api/routes';
import { nameOf, sendTo } from '../contract/errors/route-request';
import type { Job, TestUser } from '../helpers/builders';
import { snapshot } from '../helpers/snapshot';
import { testConfig } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';

/** Routes about something that belongs to one user; not the one by which its owner really changes something. */
const owned = ['holdId', 'paymentId', 'reservationId', 'jobId'];
const routes = allRoutes(testConfig()).filter(
  ({ auth, params, path }) =>
    auth === 'user' && !path.endsWith('/cancellation') && owned.some((name) => name in (params?.shape ?? {})),
);

let world: World;
let stranger: TestUser;
let ids: Record<string, string>;
let owner: TestUser;
beforeAll(async () => {
  world = await startWorld();
  const concert = await world.concert();
  const fan = await world.fan(concert, { points: 5000 });
  const { holdId } = await world.hold(fan, concert, concert.seatIds.slice(0, 2));
  const { body } = await world.pay(fan, holdId);
  const { paymentId, reservationId } = body.result as Record<string, string>;
  ids = { holdId, jobId: body.id, paymentId: paymentId ?? '', reservationId: reservationId ?? '' };
  owner = fan;
  stranger = await world.fan(concert);
});
afterAll(() => world?.close());

test.each(routes.map((route): [string, Route] => [nameOf(route), route]))(
  "%s: somebody else's answers exactly like one that is not there",
  async (_name, route) => {
    const before = await snapshot(world);
    const ask = async (who: TestUser, of: Record<string, string>) => {
      const { status, body } = await sendTo(world.client, route, { ids: of, ...who });
      return { status, body };
    };
    const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, 'unknown']));
    const refused = await ask(stranger, ids);
    expect(refused.status).toBe(404);
    expect(refused).toEqual(await ask(stranger, unknown));
    expect((await ask(owner, ids)).status).toBeLessThan(300);
    expect(await snapshot(world)).toEqual(before);
  },
);

test('a user finds only their own in lists', async () => {
  const list = async (who: TestUser, path: string) =>
    (await world.client.send<{ items: unknown[] }>('get', path, who)).body.items.length;
  expect(await list(owner, '/v1/reservations')).toBe(1);
  expect(await list(owner, '/v1/points/history')).toBe(2);
  expect(await list(stranger, '/v1/reservations')).toBe(0);
  expect(await list(stranger, '/v1/points/history')).toBe(0);
});

test("the product's own commands are nobody's jobs", async () => {
  const { models } = world.context;
  const expiry = await models.commands.findOne({ kind: 'hold.expire', userId: owner.id }).lean();
  expect(expiry?.status).toBe('skipped');
  const answer = await world.client.send<Job>('get', `/v1/jobs/${expiry?._id}`, owner);
  expect(answer).toMatchObject({ status: 404, body: { code: 'JOB_NOT_FOUND' } });
});
