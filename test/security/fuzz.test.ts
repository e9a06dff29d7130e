import { randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { openApiDocument } from '../../api/openapi/document';
import { allRoutes } from '../../api/routes';
import { seedDemo } from '../../tools/dev/seed-demo';
import { nameOf } from '../contract/errors/route-request';
import { testConfig } from '../helpers/test-config';
import { startWorld, type World } from '../helpers/world';
import { fitting, type Schema, type Schemas, spoilt } from './schema-arbitrary';

/** A failure prints the seed: FUZZ_SEED repeats it. FUZZ_RUNS asks for more requests a route. */
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
const numRuns = Number(process.env.FUZZ_RUNS ?? 30);

interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

const routes = allRoutes(testConfig());
/** A stream has no end to wait for: test/api/queue-events. */
const answering = routes.filter(({ responses }) => responses[200]?.mediaType !== 'text/event-stream');
const document = openApiDocument(routes, { KEEP_COMMANDS_DAYS: 30 });
const schemas = (document.components?.schemas ?? {}) as Schemas;
const operationOf = (path: string, method: string) =>
  (document.paths as unknown as Record<string, Record<string, Operation>>)[path]?.[method] ?? {};

let world: World;
let people: Record<'user' | 'admin', { token: string; queueToken: string }>;
beforeAll(async () => {
  world = await startWorld({ settings: { MAX_WAIT_SECONDS: '1' } });
  await seedDemo(world.context);
  const [user, admin] = await Promise.all([world.user({ points: 5000 }), world.admin()]);
  const join = async ({ token }: { token: string }) => {
    const path = '/v1/concerts/concert_demo/queue-token';
    return { token, queueToken: (await world.client.send<{ token: string }>('post', path, { token })).body.token };
  };
  people = { user: await join(user), admin: await join(admin) };
});
afterAll(() => world?.close());

interface GeneratedRequest {
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

/** What can stand in a header; the others are refused before they are sent. */
const fitsHeader = (value: string) => /^[\x20-\x7e]*$/.test(value);

/** Half a character can't be written into an address. */
const wellFormed = (text: string) => Buffer.from(text).toString();

/** Requests to one route: right ones, and as many with something spoilt. */
function requests(path: string, method: string): fc.Arbitrary<GeneratedRequest> {
  const { parameters = [], requestBody } = operationOf(path, method);
  const value = ({ schema, required }: { schema: Schema; required?: boolean }) => {
    const good = fitting(schema, schemas);
    return fc.oneof(
      { weight: 8, arbitrary: good },
      { weight: 1, arbitrary: spoilt(good) },
      { weight: required ? 0 : 3, arbitrary: fc.constant(undefined) },
    );
  };
  const body = requestBody ? fitting(requestBody.content['application/json'].schema, schemas) : fc.constant(undefined);
  const values = fc.tuple(...parameters.map(value));
  return fc.tuple(values, requestBody ? fc.oneof(body, spoilt(body)) : body).map(([given, content]) => {
    const texts = given.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    let address = path;
    for (const [i, { in: place, name }] of parameters.entries()) {
      const text = texts[i];
      if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(wellFormed(text ?? '')) || '%20');
      else if (text !== undefined && place === 'query') query.append(name, text);
      else if (text !== undefined && fitsHeader(text)) headers[name] = text;
    }
    return { path: query.size > 0 ? `${address}?${query}` : address, headers, body: content };
  });
}

test.each(answering.map((route) => [nameOf(route), route] as const))(
  '%s answers whatever comes as its record says, and never with 5xx',
  async (_, route) => {
    const { token, queueToken } = people[typeof route.auth === 'object' ? 'admin' : 'user'];
    await fc.assert(
      fc.asyncProperty(requests(route.path, route.method), async ({ path, headers, body }) => {
        const key = headers['Idempotency-Key'] ?? randomUUID();
        // The client compares each answer with the record of its route.
        const { status } = await world.client.send(route.method, path, {
          ...(route.auth !== 'none' && { token, queueToken }),
          headers: { ...headers, ...(route.headers?.shape['idempotency-key'] && { 'Idempotency-Key': key }) },
          ...(body !== undefined && { rawBody: JSON.stringify(body) }),
        });
        expect(status).toBeLessThan(500);
      }),
      { numRuns, seed },
    );
  },
  60_000,
);
