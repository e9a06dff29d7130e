import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestUser } from '../helpers/builders';
import { snapshot } from '../helpers/snapshot';
import { startWorld, type World } from '../helpers/world';

let world: World;
let user: TestUser;
beforeAll(async () => {
  world = await startWorld({ workers: false });
  user = await world.user();
});
afterAll(() => world?.close());

const path = '/v1/points/charges';

test.each([
  ['not JSON', '{"amount": 1', {}, 400, 'VALIDATION_FAILED'],
  ['no object', '"amount"', {}, 400, 'VALIDATION_FAILED'],
  ['a list', '[1]', {}, 400, 'VALIDATION_FAILED'],
  ['nothing at all', '', {}, 400, 'VALIDATION_FAILED'],
  ['another type', '{"amount":1}', { 'Content-Type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a form', 'amount=1', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['a type for no body', '', { 'Content-Type': 'text/plain' }, 400, 'VALIDATION_FAILED'],
  ['packed', '{"amount":1}', { 'Content-Encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  [
    'an odd character set',
    '{"amount":1}',
    { 'Content-Type': 'application/json; charset=x' },
    415,
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  ['too long', `{"amount":1,"x":"${'x'.repeat(17_000)}"}`, {}, 413, 'PAYLOAD_TOO_LARGE'],
  ['an unknown field', '{"amount":1,"userId":"user_1"}', {}, 400, 'VALIDATION_FAILED'],
  ['a prototype', '{"amount":1,"__proto__":{"amount":2}}', {}, 400, 'VALIDATION_FAILED'],
])('a body that is %s is refused, and nothing is accepted', async (_name, rawBody, headers, status, code) => {
  const before = await snapshot(world);
  const answer = await world.client.command('post', path, { ...user, rawBody, headers });
  expect(answer).toMatchObject({
    status,
    body: { code, status, type: expect.any(String), detail: expect.any(String) },
  });
  expect(await world.context.models.commands.countDocuments({ userId: user.id })).toBe(0);
  expect(await snapshot(world)).toEqual(before);
});

test('a body that does not say how long it is may be no longer', async () => {
  const send = (pieces: string[]) => {
    const headers = { Authorization: `Bearer ${user.token}`, 'Content-Type': 'application/json' };
    const request = httpRequest(`${world.url}${path}`, { method: 'POST', headers, agent: false });
    const answer = once(request, 'response') as Promise<[IncomingMessage]>;
    // The server ends the connection before it has seen all of a body that is too long.
    request.on('error', () => undefined);
    for (const piece of pieces) request.write(piece);
    request.end();
    return answer.then(async ([response]) => ({ status: response.statusCode, text: await text(response) }));
  };
  const short = await send(['{"amo', 'unt":"x"}']);
  expect(short).toEqual({ status: 400, text: expect.stringContaining('body.amount') });
  const long = await send(['{"amount":"', ...Array.from({ length: 5 }, () => 'x'.repeat(4000)), '"}']);
  expect(long).toEqual({ status: 413, text: expect.stringContaining('PAYLOAD_TOO_LARGE') });
});

test('every mistake is named', async () => {
  const body = { amount: '5', price: 3 };
  const answer = await world.client.command('post', path, { ...user, body });
  expect(answer.body.errors).toEqual([
    { path: 'body.amount', message: expect.any(String) },
    { path: 'body.price', message: 'Unknown field' },
  ]);
});

test('where no body belongs, an empty object is fine and anything else is not', async () => {
  const send = (body: unknown) => world.client.command('post', '/v1/holds/hold_1/payment', { ...user, body });
  expect(await send({})).toMatchObject({ status: 404, body: { code: 'HOLD_NOT_FOUND' } });
  const priced = await send({ amount: 1 });
  expect(priced).toMatchObject({ status: 400, body: { errors: [{ path: 'body.amount', message: 'Unknown field' }] } });
});

test('queries are taken as text, and unknown ones refused', async () => {
  for (const query of [
    'limit=0',
    'limit=101',
    'limit=x',
    'limit[$gt]=1',
    'limit=1&limit=2',
    'cursor=nonsense',
    'page=2',
  ]) {
    const answer = await world.client.send('get', `/v1/points/history?${query}`, user);
    expect([query, answer.status, answer.body.code]).toEqual([query, 400, 'VALIDATION_FAILED']);
  }
});

test('an address that does not decode', async () => {
  const answer = await world.client.send('get', '/v1/jobs/%E0%A4%A', user);
  expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
});

test('X-Request-Id comes back if it is a sane one, else there is a new one', async () => {
  const idOf = async (given: string) =>
    (await world.client.send('get', '/livez', { headers: { 'X-Request-Id': given } })).headers['x-request-id'];
  expect(await idOf('trace-7_a.b:c')).toBe('trace-7_a.b:c');
  const made: unknown[] = [];
  for (const odd of ['a b', 'x'.repeat(129), '<script>', '']) made.push(await idOf(odd));
  for (const id of made) expect(id).toMatch(/^request_[0-9a-z]{26}$/);
  // Else each command would enter the index of requests at another place.
  expect(made).toEqual([...new Set(made)].sort());
});

test('answers are not to be stored, and carry the usual protections', async () => {
  const { headers } = await world.client.send('get', '/v1/points', user);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(headers['x-powered-by']).toBeUndefined();
  const refused = await world.client.send('get', '/v1/points');
  expect(refused.headers).toMatchObject({ 'cache-control': 'no-store', 'www-authenticate': 'Bearer' });
});
