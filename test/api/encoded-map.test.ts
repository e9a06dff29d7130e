import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { TestConcert } from '../helpers/builders';
import { startWorld, type World } from '../helpers/world';

let world: World;
let concert: TestConcert;
beforeAll(async () => {
  world = await startWorld({ workers: false, settings: { SEAT_MAP_CACHE_MS: '10000' } });
  concert = await world.concert({ seats: 500 });
});
afterAll(() => world?.close());

async function get(headers: Record<string, string>, of = concert) {
  const url = `${world.url}/v1/performances/${of.performanceId}/seats`;
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    request(url, { headers, agent: false }, resolve).once('error', reject).end();
  });
  const { statusCode: status, headers: received } = response;
  return { status, headers: received, bytes: await buffer(response) };
}

test('a large map comes in the encoding that the reader prefers, and each has a tag of its own', async () => {
  const plain = await get({});
  const brotli = await get({ 'Accept-Encoding': 'gzip, deflate, br' });
  const gzipped = await get({ 'Accept-Encoding': 'br;q=0.5, gzip' });
  expect([plain, brotli, gzipped].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
  expect(brotliDecompressSync(brotli.bytes).equals(plain.bytes)).toBe(true);
  expect(gunzipSync(gzipped.bytes).equals(plain.bytes)).toBe(true);
  expect(brotli.bytes.length).toBeLessThan(plain.bytes.length / 10);
  const tags = [plain, brotli, gzipped].map(({ headers }) => headers.etag);
  expect(new Set(tags).size).toBe(3);
  for (const { headers } of [plain, brotli]) expect(headers.vary).toBe('Authorization, Accept-Encoding');
  const again = await get({ 'Accept-Encoding': 'br', 'If-None-Match': String(tags[1]) });
  expect([again.status, again.bytes.length]).toEqual([304, 0]);
  expect((await get({ 'Accept-Encoding': 'br', 'If-None-Match': String(tags[0]) })).status).toBe(200);
});

test.each([
  ['identity', undefined],
  ['br;q=0, gzip;q=0', undefined],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['deflate', undefined],
  ['GZIP', 'gzip'],
  ['gzip;q=wrong', undefined],
])('Accept-Encoding: %s gives %s', async (accept, expected) => {
  expect((await get({ 'Accept-Encoding': accept })).headers['content-encoding']).toBe(expected);
});

test('a small map stays as it is, and readers with a token get theirs compressed too', async () => {
  const small = await world.concert({ seats: 2 });
  expect((await get({ 'Accept-Encoding': 'br' }, small)).headers['content-encoding']).toBeUndefined();
  const { token } = await world.user();
  const own = await get({ 'Accept-Encoding': 'br', Authorization: `Bearer ${token}` });
  expect(JSON.parse(brotliDecompressSync(own.bytes).toString())).toMatchObject({ yours: [] });
});
