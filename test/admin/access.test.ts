import type { Method } from '../../api/http/endpoint';
import { allRoutes } from '../../api/routes';
import { neededQueries } from '../contract/errors/route-request';
import { testConfig } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

interface Request {
  name: string;
  method: Method;
  path: string;
  body: unknown;
}

/** One well-formed request to each admin endpoint, from the examples of its own document. */
const adminRoutes = allRoutes(testConfig()).filter(({ auth }) => auth.includes('admin'));
const requests: Request[] = adminRoutes.map(({ method, path, body }) => ({
  name: `${method} ${path}`,
  method,
  path: path.replaceAll(/\{\w+\}/g, 'nothing') + (neededQueries[path] ?? ''),
  body: body && Object.values(body.examples)[0],
}));
const changing = requests.filter(({ method }) => method !== 'get');

const send = ({ method, path }: Request, options: object) => world.client.send(method, path, options);

test('there are as many endpoints as this file was written for', () => {
  expect(requests).toHaveLength(48);
});

test.each(requests)('$name needs a signed-in admin', async (request) => {
  const { body } = request;
  const user = await world.user();
  const anonymous = await send(request, { body });
  expect([anonymous.status, anonymous.body.code]).toEqual([401, 'UNAUTHENTICATED']);
  const plain = await send(request, { body, token: user.token });
  expect([plain.status, plain.body.code]).toEqual([403, 'FORBIDDEN']);
  const forged = await send(request, { body, token: `${user.token}x` });
  expect([forged.status, forged.body.code]).toEqual([401, 'UNAUTHENTICATED']);
  expect(await world.context.models.adminActions.countDocuments()).toBe(0);
});

test.each(requests)('$name refuses a query that it does not know', async (request) => {
  const { token } = await world.admin();
  const { status, body } = await send(
    { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}force=true` },
    { token, body: request.body },
  );
  expect([status, body.errors]).toEqual([400, [{ path: 'query.force', message: 'Unknown field' }]]);
});

test.each(requests.filter(({ path }) => path.includes('nothing')))('$name refuses an id too long', async (request) => {
  const { token } = await world.admin();
  const path = request.path.replace('nothing', 'n'.repeat(256));
  const { status, body } = await send({ ...request, path }, { token, body: request.body });
  expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
});

test.each(changing)('$name refuses what is no JSON, too much, or of another type', async (request) => {
  const { token } = await world.admin();
  const large = await send(request, { token, rawBody: `{"a":"${'x'.repeat(20_000)}"}` });
  expect([large.status, large.body.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  const broken = await send(request, { token, rawBody: '{"a":' });
  expect([broken.status, broken.body.code]).toEqual([400, 'VALIDATION_FAILED']);
  const text = await send(request, { token, rawBody: 'a=1', headers: { 'Content-Type': 'text/plain' } });
  expect([text.status, text.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  expect(await world.context.models.adminActions.countDocuments()).toBe(0);
});

test('without MongoDB every admin endpoint that reads anything says so', async () => {
  const away = await startWorld({ workers: false, cleanUp: false });
  try {
    const { token } = await away.admin();
    await away.context.connection.dropDatabase();
    await away.context.connection.close();
    await away.context.reads.close();
    for (const { method, path, body } of requests) {
      if (path === '/v1/admin/me') continue;
      const headers = { 'Idempotency-Key': 'any' };
      const answer = await away.client.send(method, path, { token, body, headers });
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 503, 'SERVICE_UNAVAILABLE']);
      expect(answer.headers['retry-after']).toBe('1');
    }
  } finally {
    await away.close();
  }
});
