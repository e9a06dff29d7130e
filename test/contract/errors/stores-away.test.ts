import { setTimeout as sleep } from 'node:timers/promises';
import { declaredErrors } from '../../../api/http/endpoint';
import { allRoutes } from '../../../api/routes';
import { openStores, type Stores } from '../../../tools/stack/stores';
import type { TestUser } from '../../helpers/builders';
import { testConfig } from '../../helpers/test-config';
import { until } from '../../helpers/until';
import { startWorld, type World } from '../../helpers/world';
import { exampleBody, nameOf, sendTo } from './route-request';

/** The drivers give up after two seconds; the rest is for a busy machine. */
const quickMs = 3500;
const secondMs = 1000;
/** Without a provider they refuse before they ask a store; test/top-ups has one. */
const needProvider = ['POST /v1/points/top-ups', 'POST /v1/providers/stripe/events'];
const routes = allRoutes(testConfig()).filter(
  (route) => declaredErrors(route).includes('SERVICE_UNAVAILABLE') && !needProvider.includes(nameOf(route)),
);

let stores: Stores;
let world: World;
let user: TestUser;
let admin: TestUser;
let cashier: TestUser;
beforeEach(async () => {
  stores = await openStores({ name: 'test', log: () => undefined });
  const mongo = new URL(stores.mongod.uri);
  mongo.pathname = '/away';
  const settings = { MONGODB_URI: mongo.href, REDIS_URL: stores.redis.uri };
  world = await startWorld({ settings, workers: false, cleanUp: false });
  [user, admin, cashier] = await Promise.all([world.user(), world.admin(), world.cashier()]);
}, 60_000);
afterEach(async () => {
  signal('mongod', 'SIGCONT');
  await world?.close();
  await stores?.close();
}, 60_000);

function signal(store: 'mongod' | 'redis', name: NodeJS.Signals): void {
  const pid = stores[store === 'mongod' ? 'mongod' : 'redis'].process.pid;
  try {
    if (pid) process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

async function timed<T>(work: Promise<T>): Promise<{ answer: T; ms: number }> {
  const began = performance.now();
  return { answer: await work, ms: performance.now() - began };
}

const charge = (key: string) =>
  world.client.command('post', '/v1/points/charges', { token: user.token, key, wait: null, body: { amount: 5 } });

const away = { status: 503, body: { code: 'SERVICE_UNAVAILABLE' }, headers: { 'retry-after': '1' } };

test('MongoDB gone: every route that declares it answers 503 with Retry-After, quickly', async () => {
  signal('mongod', 'SIGKILL');
  world.clock.offsetMs += 2 * secondMs;
  const answers = await Promise.all(
    routes.map(async (route) => {
      const { token } = typeof route.auth !== 'object' ? user : route.auth.includes('admin') ? admin : cashier;
      const request = { ids: { userId: user.id }, token, queueToken: 'any', body: exampleBody(route) };
      return { name: nameOf(route), ...(await timed(sendTo(world.client, route, request))) };
    }),
  );
  for (const { name, answer, ms } of answers) {
    expect({ name, ...answer }).toMatchObject({ name, ...away });
    expect(ms).toBeLessThan(quickMs);
  }
  // By now the API knows, and does not make anybody wait for the answer.
  await until('MongoDB is known to be away', async () => (await timed(charge('later'))).ms < 100);
}, 60_000);

test('MongoDB frozen: 503 all the same; afterwards the same key is accepted once', async () => {
  signal('mongod', 'SIGSTOP');
  const { answer, ms } = await timed(charge('frozen'));
  expect(answer).toMatchObject(away);
  expect(ms).toBeLessThan(quickMs);
  signal('mongod', 'SIGCONT');
  await until('it is accepted', async () => (await charge('frozen')).status === 202, 15_000);
  expect(await world.context.models.commands.countDocuments({ key: 'frozen' })).toBe(1);
}, 60_000);

test('MongoDB takes no write, and reads on (fsyncLock): commands and changes get 503 in time, readers are served', async () => {
  const { connection, models } = world.context;
  const concert = await world.concert();
  const mongo = connection.db?.admin();
  await mongo?.command({ fsync: 1, lock: true });
  try {
    const change = { token: admin.token, body: { id: 'not-made', title: 'A concert that is not made' } };
    const answers = await Promise.all([
      timed(charge('locked')),
      timed(
        world.client.command('post', '/v1/points/charges', { ...user, key: 'waits', wait: 8, body: { amount: 5 } }),
      ),
      timed(world.client.send('post', '/v1/admin/concerts', change)),
      timed(sleep(secondMs).then(() => charge('behind'))),
    ]);
    for (const { answer, ms } of answers) {
      expect(answer).toMatchObject(away);
      expect(ms).toBeLessThan(quickMs);
    }
    const read = await timed(world.client.send('get', `/v1/concerts/${concert.concertId}`));
    expect([read.answer.status, read.ms < quickMs]).toEqual([200, true]);
    const { status, body } = await world.client.send('get', '/readyz');
    expect([status, Object.keys(body.missing as object)]).toEqual([503, ['mongodb']]);
    expect((body.missing as { mongodb: string }).mongodb).toMatch(/^no transaction can be written: /);
  } finally {
    await mongo?.command({ fsyncUnlock: 1 });
  }
  await until('it is accepted', async () => (await charge('locked')).status === 202, 15_000);
  expect(await models.commands.countDocuments({ key: 'locked' })).toBe(1);
  await until('ready again', async () => (await world.client.send('get', '/readyz')).status === 200);
}, 60_000);

test('Redis gone: the waiting room and its gate answer 503; commands that need no gate are accepted', async () => {
  const concert = await world.concert();
  const fan = await world.fan(concert);
  signal('redis', 'SIGKILL');
  const line = await timed(world.client.send('get', `/v1/concerts/${concert.concertId}/queue-token`, fan));
  const path = `/v1/performances/${concert.performanceId}/holds`;
  const hold = await timed(
    world.client.command('post', path, { ...fan, wait: null, body: { seatIds: concert.seatIds.slice(0, 1) } }),
  );
  for (const { answer, ms } of [line, hold]) {
    expect(answer).toMatchObject(away);
    expect(ms).toBeLessThan(quickMs);
  }
  expect((await world.client.send('get', '/readyz')).status).toBe(503);
  expect((await world.client.send('get', '/livez')).status).toBe(200);
  const accepted = await timed(charge('no-redis'));
  expect(accepted.answer.status).toBe(202);
  expect(accepted.ms).toBeLessThan(quickMs);
  expect(await world.context.models.commands.countDocuments({ key: 'no-redis', status: 'accepted' })).toBe(1);
}, 60_000);
