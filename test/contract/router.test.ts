import type { Express } from 'express';
import { createApp } from '../../api/app';
import { startWorld, type World } from '../helpers/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ workers: false });
});
afterAll(() => world?.close());

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** What Express will route, as `GET /v1/holds/{holdId}`. */
function routed(app: Express): string[] {
  const layers = (app.router as unknown as { stack: Layer[] }).stack;
  return layers.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {})
      .filter((method) => method !== '_all')
      .map((method) => `${method.toUpperCase()} ${route?.path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
}

test('router and document name the same endpoints', async () => {
  const { body, headers } = await world.client.send<{ paths: Record<string, object> }>('get', '/openapi.json');
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  const documented = Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routed(createApp(world.context)).sort()).toEqual(documented.sort());
});

test('Swagger UI is served, with the document to try out', async () => {
  const page = await world.client.send('get', '/docs/');
  expect(page.status).toBe(200);
  expect(page.text).toContain('swagger-ui');
  const script = await world.client.send('get', '/docs/swagger-ui-init.js');
  expect(script.text).toContain('"url": "/openapi.json"');
  expect(script.text).toContain('"persistAuthorization": true');
  expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
});

test('another method at a known address is a 405 that names the right ones', async () => {
  const answer = await world.client.send('put', '/v1/points');
  expect(answer).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
  expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS');
  const options = await world.client.send('options', '/v1/holds/hold_1');
  expect(options).toMatchObject({ status: 204, headers: { allow: 'GET, DELETE, HEAD, OPTIONS' } });
});

test('HEAD answers the headers of GET alone', async () => {
  const head = await world.client.send('head', '/v1/concerts');
  const get = await world.client.send('get', '/v1/concerts');
  expect(head).toMatchObject({ status: 200, text: '' });
  expect(head.headers['content-length']).toBe(get.headers['content-length']);
});

test('an unknown address is a problem too', async () => {
  const answer = await world.client.send('get', '/v1/nothing');
  expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND', type: '/problems/not-found' } });
});
