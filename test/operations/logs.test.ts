import { allRoutes } from '../../api/routes';
import { createBuilders } from '../helpers/builders';
import { type Client, createClient } from '../helpers/client';
import { environment, type Process, startProcess } from '../helpers/processes';
import { adminPassword } from '../helpers/test-config';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';

let world: World;
let api: Process;
let workers: Process;
let client: Client;
let url: string;
/** Everything that must never be in a log line. */
const secrets = new Set<string>();

beforeAll(async () => {
  world = await startWorld({ workers: false });
  const settings = environment(world.config, { LOG_LEVEL: 'trace' });
  api = startProcess('api/server', settings);
  workers = startProcess('workers/main', settings);
  await workers.said('carrying out commands');
  url = `http://127.0.0.1:${(await api.said('listening')).port}`;
  client = createClient(url, allRoutes(world.config));
  for (const secret of [world.config.JWT_SECRET ?? '', world.config.QUEUE_TOKEN_SECRET, adminPassword])
    secrets.add(secret);
}, 60_000);
afterAll(async () => {
  client?.close();
  await Promise.all([api?.end(), workers?.end()]);
  await world?.close();
});

/** A whole visit, with wrong turns, over the real processes. @returns what it left to look for */
async function visit() {
  const build = createBuilders(world.context, client);
  const concert = await build.concert();
  const fan = await build.fan(concert, { points: 5000 });
  const admin = await build.admin();
  const keys = ['idempotency-key-one', 'idempotency-key-two'] as const;
  for (const secret of [fan.token, fan.queueToken, admin.token, ...keys]) secrets.add(secret);
  const hold = await build.hold(fan, concert, concert.seatIds.slice(0, 2));
  const paid = await build.pay(fan, hold.holdId, keys[0]);
  const repeated = await build.pay(fan, hold.holdId, keys[0]);
  const token = `${fan.token.slice(0, -4)}AAAA`;
  const wrong = 'a wrong password that someone typed';
  for (const secret of [token, wrong]) secrets.add(secret);
  await client.send('get', '/v1/points', { token });
  await client.send('post', '/v1/sign-in', { body: { name: 'admin', password: wrong } });
  await client.command('post', '/v1/points/charges', { token: fan.token, key: keys[1], body: { amount: -1 } });
  await client.send('post', '/v1/points/charges', { token: fan.token, rawBody: `{"password":"${wrong}",` });
  const basic = Buffer.from(`admin:${wrong}`).toString('base64');
  secrets.add(basic);
  await client.send('get', '/board/', { headers: { Authorization: `Basic ${basic}`, Cookie: `session=${token}` } });
  return { fan, paid, repeated };
}

test('no token, key, password or secret is in any log line of a whole visit at the lowest level', async () => {
  const { fan, paid } = await visit();
  const jobId = paid.body.id;
  const decided = await until('the payment is logged', () =>
    workers.lines().find(({ msg, command }) => msg === 'command decided' && command === jobId),
  );
  expect(decided).toMatchObject({
    user: fan.id,
    kind: 'payment.pay',
    status: 'done',
    lane: expect.stringMatching(/^wallet-/),
  });
  const request = await until('the request is logged', () =>
    api.lines().find(({ msg, command }) => msg === 'request' && command === jobId),
  );
  expect(request).toMatchObject({
    user: fan.id,
    route: '/v1/holds/:holdId/payment',
    status: 202,
    requestId: paid.headers['x-request-id'],
  });
  const text = api.output() + workers.output();
  // The scan would be worth nothing if the lines were not there.
  expect(text.split('\n').length).toBeGreaterThan(10);
  for (const secret of secrets) expect(text.includes(secret)).toBe(false);
});

test('every line is JSON with a level, a time, a name and a message', () => {
  for (const line of (api.output() + workers.output()).trim().split('\n'))
    expect(JSON.parse(line)).toMatchObject({
      level: expect.any(Number),
      time: expect.any(Number),
      name: expect.stringMatching(/^(api|workers)$/),
      msg: expect.any(String),
    });
});
