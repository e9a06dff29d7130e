import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../shared/platform/project-root';
import { type Fixture, holdByClicks, openFixture, pathsOf, phone } from './helpers/fixture';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await openFixture();
});
afterAll(() => fixture?.close());
afterEach(() => {
  expect(fixture.unexpectedErrors()).toEqual([]);
});

const get = (path: string, headers: Record<string, string> = {}) => fixture.world.client.send('get', path, { headers });

/** What a page's HTML asks for at once. */
const linked = (html: string) =>
  Array.from(html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g), ([, path = '']) => path);

test('the pages are served at their addresses, never kept unasked, and nothing else is a page', async () => {
  for (const path of ['/', '/concerts/x', '/concerts/x/seats/y', '/points', '/reservations/z', '/sign-in']) {
    const { status, headers, text } = await get(path);
    expect([path, status, headers['content-type'], headers['cache-control']]).toEqual([
      ...[path, 200, 'text/html; charset=utf-8', 'no-cache'],
    ]);
    expect(text).toContain('<div id="page">');
  }
  expect((await get('/operator')).text).toMatch(/assets\/operator-\w+\.js/);
  for (const path of ['/nothing', '/assets/nothing.js', '/assets/', '/concertsx'])
    expect(await get(path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  const { headers } = await get('/');
  expect((await get('/', { 'If-None-Match': headers.etag ?? '' })).status).toBe(304);
});

test('files have their content’s hash in their name, are kept for a year, and come compressed', async () => {
  const { text } = await get('/');
  const files = linked(text);
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const path of files) {
    expect(path).toMatch(/-[A-Z0-9]{8}\.(js|css|svg)$/);
    const plain = await get(path);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const [accepted, encoding] of [
      ['gzip', 'gzip'],
      ['gzip, deflate, br', 'br'],
    ] as const) {
      const packed = await get(path, { 'Accept-Encoding': accepted });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(Number(packed.headers['content-length'])).toBeLessThan(Number(plain.headers['content-length']));
    }
  }
});

test('the first load is less than 60 kB, everything that it brings included', async () => {
  const { text } = await get('/');
  const folder = join(projectRoot, 'dist-web');
  const sizes = linked(text).map((path) => statSync(join(folder, `${path}.br`)).size);
  const total = sizes.reduce((sum, size) => sum + size, Buffer.byteLength(text));
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThan(60_000);
});

test('the policy: the page’s own files alone, no inline code, no code made of text', async () => {
  const { headers, text } = await get('/');
  const policy = headers['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self';");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|data:|\*/);
  expect(text).not.toMatch(/<script>|<style|style="| on\w+="/);
  const built = readdirSync(join(projectRoot, 'dist-web/assets')).filter((name) => name.endsWith('.js'));
  for (const name of built) {
    const source = readFileSync(join(projectRoot, 'dist-web/assets', name), 'utf8');
    // Names of XML's kinds of elements, the second one by the library of charts: nobody loads anything from there.
    const address = /https?:\/\/(?!www\.w3\.org|gionkunz\.github\.com\/chartist-js\/ct)/;
    expect([name, address.exec(source)?.[0]]).toEqual([name, undefined]);
  }
});

test('the policy is in force, and no address ever holds a token', async () => {
  const concert = await fixture.world.concert();
  const { page, context } = await fixture.user({ ...phone, points: 5000 });
  await holdByClicks(page, concert, [1]);
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.getByText('Show this code at the door.').waitFor();
  const [origin] = (await context.storageState()).origins;
  const kept = origin?.localStorage.map(({ value }) => value).join() ?? '';
  const bearer = /"token":"(ey[^"]+)"/.exec(kept)?.[1] ?? '';
  expect(bearer.length).toBeGreaterThan(50);
  const { body } = await fixture.world.client.send<{ token: string }>(
    'post',
    `/v1/concerts/${concert.concertId}/queue-token`,
    { token: bearer },
  );
  expect(fixture.addresses.size).toBeGreaterThan(10);
  for (const address of fixture.addresses)
    for (const secret of [bearer, body.token, 'token=']) expect(address).not.toContain(secret);

  // Planted mistakes, to see that the policy is what keeps them out.
  await page.goto(pathsOf(concert).concert);
  await page.locator('.date-card').waitFor();
  expect(fixture.unexpectedErrors()).toEqual([]);
  await page.evaluate(`{
    const script = document.createElement('script');
    try { script.text = 'window.planted = true'; } catch {}
    document.body.append(script);
    try { document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.test/x.png">'); } catch {}
    const image = new Image(); image.src = 'https://elsewhere.test/y.png';
  }`);
  expect(await page.evaluate('window.planted')).toBeUndefined();
  expect(fixture.unexpectedErrors().join()).toMatch(/Content Security Policy/);
});
