import { randomUUID } from 'node:crypto';
import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import type { Operations, Problem } from '../../client/src/index';
import { startWorld, type World } from '../helpers/world';

/** The operations of the document in the form that openapi-fetch reads, which openapi-typescript writes. */
type Paths = {
  [P in keyof Operations extends `${string} ${infer Path}` ? Path : never]: {
    [O in keyof Operations as O extends `${infer Method} ${P}` ? Lowercase<Method> : never]: {
      parameters: (Operations[O] extends { path: infer Params } ? { path: Params } : object) &
        (Operations[O] extends { query: infer Query } ? { query?: Query } : object) & {
          header?: Record<string, string>;
        };
      responses: {
        200: { content: { 'application/json': Operations[O]['answer'] } };
        default: { content: { 'application/problem+json': Problem } };
      };
    } & (Operations[O] extends { body: infer Body }
      ? { requestBody: { content: { 'application/json': Body } } }
      : { requestBody?: never });
  };
};

interface PublishedDocument {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
}

let world: World;
let published: PublishedDocument;
/** What was called, as the document names it. */
const called: string[] = [];
beforeAll(async () => {
  world = await startWorld();
  published = (await (await fetch(`${world.url}/openapi.json`)).json()) as PublishedDocument;
});
afterAll(() => world?.close());

const asPublished: Middleware = {
  onResponse({ schemaPath, request, response }) {
    const method = request.method.toLowerCase();
    const declared = published.paths[schemaPath]?.[method]?.responses[response.status];
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    called.push(`${request.method} ${schemaPath} ${response.status}`);
    if (!declared?.content?.[type])
      throw new Error(`${method} ${schemaPath}: ${response.status} ${type} is not in the document`);
  },
};

function clientOf(token = ''): Client<Paths> {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const client = createFetchClient<Paths>({ baseUrl: world.url, headers });
  client.use(asPublished);
  return client;
}

const command = (more: Record<string, string> = {}) => ({
  header: { 'Idempotency-Key': randomUUID(), Prefer: 'wait=8', ...more },
});

async function signIn(name: string): Promise<Client<Paths>> {
  const { data } = await clientOf().POST('/v1/sign-in', { body: { name } });
  return clientOf(data?.token);
}

test('a whole booking by openapi-fetch: every answer is one of those that the published document has', async () => {
  const { concertId } = await world.concert({ seats: 4 });
  const fan = await signIn('openapi-fetch');
  const path = { concertId };
  const concerts = await fan.GET('/v1/concerts', { params: { query: { limit: 100 } } });
  expect(concerts.data?.items.map(({ id }) => id)).toContain(concertId);
  const dates = await fan.GET('/v1/concerts/{concertId}/performances', { params: { path } });
  const performanceId = dates.data?.items[0]?.id ?? '';
  const map = await fan.GET('/v1/performances/{performanceId}/seats', {
    params: { path: { performanceId }, query: { status: 'available' } },
  });
  const seatIds = map.data?.seats.slice(0, 2).map(({ id }) => id) ?? [];
  expect(seatIds).toHaveLength(2);

  const joined = await fan.POST('/v1/concerts/{concertId}/queue-token', { params: { path } });
  const { data: state } = await fan.GET('/v1/concerts/{concertId}/queue-token', { params: { path } });
  expect(state?.status).toBe('active');
  const queued = command({ 'Queue-Token': joined.data?.token ?? '' });
  const place = { params: { path: { performanceId }, ...queued }, body: { seatIds } };
  const hold = await fan.POST('/v1/performances/{performanceId}/holds', place);
  expect(hold.data).toMatchObject({ kind: 'hold.place', status: 'done', result: { seatIds, amount: 2000 } });
  const holdId = hold.data?.result?.holdId ?? '';

  const pay = () => fan.POST('/v1/holds/{holdId}/payment', { params: { path: { holdId }, ...command() } });
  expect((await pay()).data).toMatchObject({ status: 'refused', problem: { code: 'POINTS_INSUFFICIENT' } });
  await fan.POST('/v1/points/charges', { params: command(), body: { amount: 5000 } });
  const paid = await pay();
  expect(paid.data).toMatchObject({ status: 'done', result: { amount: 2000, balance: 3000 } });
  const { paymentId = '', reservationId = '' } = paid.data?.result ?? {};

  const { data: reservation } = await fan.GET('/v1/reservations/{reservationId}', {
    params: { path: { reservationId } },
  });
  expect(reservation).toMatchObject({ seatIds, amount: 2000, paymentId });
  const { data: payment } = await fan.GET('/v1/payments/{paymentId}', { params: { path: { paymentId } } });
  expect(payment).toMatchObject({ holdId, reservationId });
  const { data: job } = await fan.GET('/v1/jobs/{jobId}', { params: { path: { jobId: paid.data?.id ?? '' } } });
  expect(job).toEqual(paid.data);
  const { data: history } = await fan.GET('/v1/points/history', { params: { query: { limit: 10 } } });
  expect(history?.items.map(({ amount, kind }) => [kind, amount])).toEqual([
    ['use', 2000],
    ['charge', 5000],
  ]);
  expect(called).toHaveLength(14);
});

test('what is refused arrives as the problem that the document describes', async () => {
  const fan = await signIn('openapi-fetch');
  const { error, response } = await fan.POST('/v1/points/charges', { body: { amount: 1 } });
  expect([response.status, error?.code]).toEqual([400, 'IDEMPOTENCY_KEY_REQUIRED']);
  const nobody = await clientOf().GET('/v1/points');
  expect([nobody.response.status, nobody.error?.code]).toEqual([401, 'UNAUTHENTICATED']);
  const missing = await fan.GET('/v1/holds/{holdId}', { params: { path: { holdId: 'hold_nothing' } } });
  expect([missing.response.status, missing.error?.code]).toEqual([404, 'HOLD_NOT_FOUND']);
});
