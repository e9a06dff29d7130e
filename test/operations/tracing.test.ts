import { fromTraceparent, toTraceparent } from '../../shared/tracing/traceparent';
import { startWorld } from '../helpers/world';
import { type CollectedSpan, type Collector, openCollector } from './collector';

let collector: Collector;
let spans: CollectedSpan[];
let trace: string;
/** Job ids of what was asked for. */
let jobs: { traced: string; twenty: string[] };

beforeAll(async () => {
  collector = await openCollector();
  const world = await startWorld({ settings: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint } });
  const user = await world.user();
  trace = 'c0ffee'.padEnd(32, '1');
  const charge = (headers: Record<string, string> = {}) =>
    world.client.command<{ id: string }>('post', '/v1/points/charges', {
      token: user.token,
      body: { amount: 5 },
      headers,
    });
  const alone = await charge({ traceparent: `00-${trace}-${'ab'.repeat(8)}-01` });
  await world.client.send('get', '/v1/points', { token: user.token, headers: { traceparent: 'nonsense' } });
  await world.workers.stop();
  const accepted = await Promise.all(
    Array.from({ length: 20 }, () =>
      world.client.command<{ id: string }>('post', '/v1/points/charges', {
        token: user.token,
        wait: null,
        body: { amount: 5 },
      }),
    ),
  );
  await world.workers.start();
  await charge();
  jobs = { traced: alone.body.id, twenty: accepted.map(({ body }) => body.id) };
  // Closing sends what was not sent yet.
  await world.close();
  spans = collector.spans;
}, 60_000);
afterAll(() => collector?.close());

const one = (of: CollectedSpan[], name: string | RegExp): CollectedSpan => {
  const found = of.filter((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));
  const [span] = found;
  if (!span || found.length > 1) throw new Error(`${found.length} spans ${name} among ${of.map((each) => each.name)}`);
  return span;
};
const below = (parent: CollectedSpan) => spans.filter(({ parentSpanId }) => parentSpanId === parent.spanId);

test("one trace, the client's own, goes from the request through the job to MongoDB", () => {
  const whole = spans.filter(({ traceId }) => traceId === trace);
  const request = one(whole, 'POST /v1/points/charges');
  expect(request).toMatchObject({ service: 'frontrow-api', parentSpanId: 'ab'.repeat(8) });
  expect(request.attributes).toMatchObject({ 'http.route': '/v1/points/charges', 'http.response.status_code': 202 });
  const store = one(below(request), 'store commands');
  one(below(store), 'insert commands');
  const job = one(below(request), 'job points.charge');
  expect(job).toMatchObject({ service: 'frontrow-workers', attributes: { 'frontrow.command.id': jobs.traced } });
  expect(job.attributes).toMatchObject({
    'frontrow.command.status': 'done',
    'frontrow.lane': expect.stringMatching(/^wallet-/),
  });
  const group = one(below(job), 'group');
  const calls = below(group).map(({ name }) => name);
  for (const call of ['insert wallets', 'update commands', 'update fences', 'commitTransaction'])
    expect(calls).toContain(call);
  for (const span of below(group)) expect(span.start).toBeGreaterThanOrEqual(group.start - 1);
});

test('commands that share a transaction have a span each, linked to the one of their group', () => {
  const own = spans.filter(({ attributes }) => jobs.twenty.includes(String(attributes['frontrow.command.id'])));
  expect(own.map(({ attributes }) => attributes['frontrow.command.id']).sort()).toEqual([...jobs.twenty].sort());
  expect(new Set(own.map(({ traceId }) => traceId)).size).toBe(20);
  const groups = new Set(own.flatMap((job) => below(job).filter(({ name }) => name === 'group')));
  const linked = own.filter((job) => job.links.length > 0);
  expect(linked.length + groups.size).toBe(20);
  const groupIds = Array.from(groups, ({ spanId }) => spanId);
  for (const { links } of linked) expect(groupIds).toContain(links[0]?.spanId);
});

test('a header that is no trace begins a new one, and reads show what they asked of MongoDB', () => {
  const read = one(spans, 'GET /v1/points');
  expect(read.parentSpanId || undefined).toBeUndefined();
  expect(below(read).map(({ name }) => name)).toContain('find wallets');
});

test('spans carry names and ids, and nothing that a document or a header says', () => {
  const keys = new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)));
  for (const key of keys) expect(key).toMatch(/^(http\.(request\.method|route|response\.status_code)|db\.|frontrow\.)/);
  expect(JSON.stringify(spans)).not.toContain('Bearer');
});

test('an idle worker makes no spans', () => {
  const roots = spans.filter(({ service, parentSpanId }) => service === 'frontrow-workers' && !parentSpanId);
  expect(roots).toEqual([]);
});

test.each([
  ['', null],
  [`00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`, null],
  [`01-${'1'.repeat(32)}-${'1'.repeat(16)}-01`, null],
  [`00-${'G'.repeat(32)}-${'1'.repeat(16)}-01`, null],
  [`00-${'a'.repeat(32)}-${'1'.repeat(16)}-00`, 0],
  [`00-${'a'.repeat(32)}-${'1'.repeat(16)}-01`, 1],
])('traceparent %p', (text, flags) => {
  const context = fromTraceparent(text);
  expect(context?.traceFlags ?? null).toBe(flags);
  if (context) expect(toTraceparent(context)).toBe(text);
});
