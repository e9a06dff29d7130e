import { startWorld, type World } from '../helpers/world';
import { rawRequest, sendRaw } from '../security/raw-http';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

const reserved = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
];

test.each(reserved)('%s is an id that nothing has', async (id) => {
  const { token } = await world.user();
  for (const path of [
    '/problems/',
    '/v1/concerts/',
    '/v1/performances/',
    '/v1/holds/',
    '/v1/jobs/',
    '/v1/reservations/',
  ])
    expect((await world.client.send('get', path + id, { token })).status).toBe(404);
  expect((await world.client.send('get', `/v1/performances/${id}/seats`)).status).toBe(404);
});

/** One answer for each, whatever it is, and never one that says the fault was ours. */
test.each([
  ['/v1/concerts/', 200],
  ['/v1//concerts', 404],
  ['//v1/concerts', 404],
  ['/V1/Concerts', 404],
  ['/v1/concerts;jsessionid=1', 404],
  ['/v1/concerts%2f', 404],
  ['/v1/concerts?', 200],
  ['/v1/concerts?limit=', 400],
  ['/v1/concerts?limit=1e1', 200],
  ['/v1/concerts?limit=%31', 200],
  ['/v1/concerts?limit=1&limit=2', 400],
  ['/v1/concerts?LIMIT=1', 400],
  ['/v1/concerts?cursor=../..', 400],
  ['/v1/concerts#top', 200],
  ['/v1/concerts\\', 404],
  ['/v1/./concerts', 404],
  ['/v1/x/../concerts', 404],
  ['/v1/%63oncerts', 404],
  ['/v1/concerts/%', 400],
  ['/v1/concerts/%ff', 400],
  ['/v1/concerts/%F0%9F%8E%B5', 404],
  ['/v1/concerts/a%2Fb', 404],
  [`/v1/concerts/${'x'.repeat(5000)}`, 400],
  ['*', 404],
  ['http://elsewhere.example/v1/concerts', 200],
])('GET %s', async (path, status) => {
  const port = Number(new URL(world.url).port);
  const answer = await sendRaw(port, rawRequest(`GET ${path}`, ['Connection: close']));
  expect(answer.status).toBe(status);
});

test('whatever host a request names, no answer sends anybody there', async () => {
  const headers = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' };
  const { token } = await world.user();
  for (const path of ['/', '/docs', '/openapi.json', '/v1/concerts', '/v1/nothing', '/board']) {
    const answer = await world.client.send('get', path, { headers });
    expect(`${JSON.stringify(answer.headers)} ${answer.text}`).not.toContain('evil.example');
  }
  const job = await world.client.command('post', '/v1/points/charges', {
    token,
    headers,
    wait: null,
    body: { amount: 1 },
  });
  expect(job.headers.location).toMatch(/^\/v1\/jobs\//);
});

test.each(['/BOARD', '/Board/', '/DOCS', '/OpenAPI.json', '/Operator', '/V1/admin/lanes', '/v1/Admin/lanes', '/LIVEZ'])(
  'a rule of a proxy for the address in small letters is not got round by %s',
  async (path) => {
    expect((await world.client.send('get', path)).status).toBe(404);
  },
);
