import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { startWorld, type World } from '../helpers/world';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld();
  token = (await world.user()).token;
});
afterAll(() => world?.close());

/** What comes back on a connection of its own that says exactly this and then waits. */
function exchangeRaw(text: string | Buffer, { until = /\r\n0\r\n\r\n$|\}$/ } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(world.url).port), '127.0.0.1');
    let received = '';
    socket.setTimeout(15_000, () => socket.destroy(new Error(`no end of the answer: ${received}`)));
    socket.on('data', (chunk) => {
      received += chunk.toString();
      if (until.test(received)) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
    socket.write(text);
  });
}

const head = (line: string, ...headers: string[]) =>
  [line, 'Host: frontrow.test', `Authorization: Bearer ${token}`, ...headers, '', ''].join('\r\n');
const charge = (version: string, ...headers: string[]) =>
  head(`POST /v1/points/charges ${version}`, `Idempotency-Key: ${randomUUID()}`, 'Prefer: wait=8', ...headers);
const body = '{"amount":7}';
const json = 'Content-Type: application/json';

test('a body in chunks, as .NET sends it, is taken', async () => {
  const answer = await exchangeRaw(
    `${charge('HTTP/1.1', json, 'Transfer-Encoding: chunked')}6\r\n${body.slice(0, 6)}\r\n6\r\n${body.slice(6)}\r\n0\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 202 [\s\S]*"status":"done"/);
});

test('an offer of HTTP/2 with a body, as Java and curl --http2 send it, is answered in HTTP/1.1 with the body taken', async () => {
  const offer = [
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: h2c',
    'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
  ];
  const answer = await exchangeRaw(charge('HTTP/1.1', json, `Content-Length: ${body.length}`, ...offer) + body);
  expect(answer).toMatch(/^HTTP\/1\.1 202 [\s\S]*"status":"done"/);
});

test('a body that is announced with Expect: 100-continue is asked for, then taken', async () => {
  const announced = charge('HTTP/1.1', json, `Content-Length: ${body.length}`, 'Expect: 100-continue');
  const answer = await exchangeRaw(announced + body);
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202 [\s\S]*"status":"done"/);
});

test('HTTP/1.0, as old probes and load tools speak it, is answered', async () => {
  expect(await exchangeRaw('GET /readyz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  const answer = await exchangeRaw(charge('HTTP/1.0', json, `Content-Length: ${body.length}`) + body);
  expect(answer).toMatch(/^HTTP\/1\.1 202 [\s\S]*"status":"done"/);
});

test('a byte order mark before JSON is passed over, also when it comes in pieces', async () => {
  const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]);
  const answer = await exchangeRaw(
    Buffer.concat([Buffer.from(charge('HTTP/1.1', json, `Content-Length: ${marked.length}`)), marked]),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 202 [\s\S]*"status":"done"/);
});

test.each([
  [[json]],
  [[json, 'Content-Length: 0']],
  [['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 0']],
  [[json, 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
])('where no body belongs, %j is no body', async (headers, rest = '') => {
  const { concertId } = await world.concert();
  const answer = await exchangeRaw(head(`POST /v1/concerts/${concertId}/queue-token HTTP/1.1`, ...headers) + rest);
  expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*"status":"active"/);
});

test('an ETag that a proxy has made weak, as nginx does when it compresses, is still known', async () => {
  const { performanceId } = await world.concert();
  const path = `/v1/performances/${performanceId}/seats`;
  const etag = String((await world.client.send('get', path)).headers.etag);
  const strong = etag.replace(/^W\//, '');
  for (const asked of [etag, strong, `W/${strong}`, `"other", W/${strong}`])
    expect((await world.client.send('get', path, { headers: { 'If-None-Match': asked } })).status).toBe(304);
});

test('the map of one who is signed in is never one that a shared cache may keep for others', async () => {
  const concert = await world.concert({ seats: 2 });
  const fan = await world.fan(concert);
  await world.hold(fan, concert, concert.seatIds.slice(0, 1));
  const path = `/v1/performances/${concert.performanceId}/seats`;
  const own = await world.client.send('get', path, { token: fan.token });
  const others = await world.client.send('get', path);
  expect(own.body).toHaveProperty('yours', concert.seatIds.slice(0, 1));
  expect(others.body).not.toHaveProperty('yours');
  expect(own.headers['cache-control']).toMatch(/private|no-store/);
  expect(others.headers.vary ?? '').toMatch(/authorization/i);
});
