import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { loadConfig } from '../../shared/platform/config';
import { environment } from '../helpers/processes';
import { startWorld, type World } from '../helpers/world';
import { launchBrowser } from '../web/helpers/browser';

const shop = 'https://shop.example';
const worlds: World[] = [];
afterAll(() => Promise.all(worlds.map((world) => world.close())));

async function worldFor(origins: string): Promise<World> {
  const world = await startWorld({ workers: false, settings: { CORS_ORIGINS: origins, RATE_LIMIT_ADDRESS: '1000' } });
  worlds.push(world);
  return world;
}

const preflight = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization,prefer' };
const headersFor = (origin: string) => ({ headers: { Origin: origin } });

test('nobody but pages of our own may call it by default', async () => {
  const world = await worldFor('');
  for (const method of ['get', 'options'] as const) {
    const { headers } = await world.client.send(method, '/v1/points', { headers: { Origin: shop, ...preflight } });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

describe('with origins', () => {
  let world: World;
  beforeAll(async () => {
    world = await worldFor(`${shop}, http://localhost:5173`);
  });

  test.each([shop, 'http://localhost:5173'])(
    '%s may ask first, and read answers and errors with their headers',
    async (origin) => {
      const asked = await world.client.send('options', '/v1/performances/p/holds', {
        headers: { Origin: origin, ...preflight },
      });
      expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([204, origin]);
      expect(asked.headers['access-control-allow-methods']).toContain('POST');
      for (const name of [
        'authorization',
        'idempotency-key',
        'queue-token',
        'prefer',
        'if-none-match',
        'last-event-id',
      ])
        expect(String(asked.headers['access-control-allow-headers']).toLowerCase()).toContain(name);
      for (const path of ['/v1/concerts', '/v1/points', '/v1/nowhere', '/problems/seat-taken']) {
        const { headers } = await world.client.send('get', path, headersFor(origin));
        expect([path, headers['access-control-allow-origin'], headers.vary]).toEqual([path, origin, 'Origin']);
        for (const name of ['Location', 'Retry-After', 'ETag', 'RateLimit', 'RateLimit-Policy'])
          expect(headers['access-control-expose-headers']).toContain(name);
        expect(headers).not.toHaveProperty('access-control-allow-credentials');
      }
    },
  );

  test.each(['https://shop.example.evil.example', 'http://shop.example', 'https://shop.example:8443', 'null'])(
    '%s may not',
    async (origin) => {
      for (const method of ['get', 'options'] as const) {
        const { headers } = await world.client.send(method, '/v1/points', {
          headers: { Origin: origin, ...preflight },
        });
        expect([headers['access-control-allow-origin'], headers.vary]).toEqual([undefined, 'Origin']);
      }
    },
  );

  test('the board and the pages stay their own', async () => {
    for (const path of ['/board', '/docs/', '/'])
      expect((await world.client.send('get', path, headersFor(shop))).headers).not.toHaveProperty(
        'access-control-allow-origin',
      );
  });
});

test('OPTIONS without a preflight names the methods as before', async () => {
  const world = await worldFor('*');
  const answer = await world.client.send('options', '/v1/points', headersFor(shop));
  expect(answer).toMatchObject({
    status: 204,
    headers: { allow: 'GET, HEAD, OPTIONS', 'access-control-allow-origin': '*' },
  });
});

test.each(['shop.example', 'https://shop.example/', 'https://shop.example/path', 'https://*.shop.example'])(
  '%s is no origin',
  (text) => {
    const given = { ...environment(worlds[0]?.config ?? ({} as never)), CORS_ORIGINS: text };
    expect(() => loadConfig(given)).toThrow('CORS_ORIGINS');
  },
);

describe('in a browser', () => {
  let browser: Browser;
  let page: Server;
  beforeAll(async () => {
    page = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<title>A shop</title>');
    }).listen(0, '127.0.0.1');
    await once(page, 'listening');
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    page?.close();
  });

  test('a page of another origin signs in, is refused with a code, and reads the headers of a job', async () => {
    const origin = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    const world = await worldFor(origin);
    const tab = await browser.newPage();
    await tab.goto(origin);
    const seen = await tab.evaluate(async (api) => {
      const json = { 'Content-Type': 'application/json' };
      const signIn = await fetch(`${api}/v1/sign-in`, { method: 'POST', headers: json, body: '{"name":"Mina"}' });
      const { token } = (await signIn.json()) as { token: string };
      const headers = { ...json, Authorization: `Bearer ${token}`, 'Idempotency-Key': 'one' };
      const refused = await fetch(`${api}/v1/points`);
      const job = await fetch(`${api}/v1/points/charges`, { method: 'POST', headers, body: '{"amount":5}' });
      return {
        code: ((await refused.json()) as { code: string }).code,
        location: job.headers.get('Location'),
        retryAfter: job.headers.get('Retry-After'),
        limit: job.headers.get('RateLimit'),
      };
    }, world.url);
    expect(seen).toMatchObject({ code: 'UNAUTHENTICATED', location: expect.stringContaining('/v1/jobs/job_') });
    expect([seen.retryAfter, seen.limit]).toEqual([expect.any(String), expect.stringContaining('"address"')]);
    const closed = await worldFor('https://another.example');
    const blocked = tab.evaluate(
      (api) =>
        fetch(`${api}/v1/concerts`).then(
          () => 'read',
          () => 'blocked',
        ),
      closed.url,
    );
    expect(await blocked).toBe('blocked');
  }, 30_000);
});
