import { setTimeout as sleep } from 'node:timers/promises';
import type { JWTPayload } from 'jose';
import { listen } from '../helpers/event-stream';
import { until } from '../helpers/until';
import { startWorld, type World } from '../helpers/world';
import { audience, type IdentityProvider, startIdentityProvider } from './identity-provider';

let provider: IdentityProvider;
const worlds: World[] = [];
beforeAll(async () => {
  provider = await startIdentityProvider();
});
afterAll(async () => {
  await Promise.all(worlds.map((world) => world.close()));
  provider?.close();
});

async function worldWith(settings: Record<string, string>): Promise<World> {
  const { url, issuer } = provider;
  const own = { JWT_JWKS_URL: url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience };
  const world = await startWorld({ workers: false, settings: { ...own, ...settings } });
  worlds.push(world);
  return world;
}

const adminStatus = async (world: World, claims: JWTPayload) => {
  const token = await provider.sign({ sub: 'operator', ...claims });
  return (await world.client.send('get', '/v1/admin/lanes', { token })).status;
};

test('a token of the same key set for another application opens nothing', async () => {
  const world = await worldWith({});
  expect(await adminStatus(world, { role: 'admin' })).toBe(200);
  for (const other of [
    { aud: 'another-shop' },
    { iss: 'https://another.example' },
    { aud: undefined },
    { iss: undefined },
  ])
    expect(await adminStatus(world, { role: 'admin', ...other })).toBe(401);
});

test("Keycloak's tokens: the role is in a list below realm_access", async () => {
  const world = await worldWith({ ADMIN_CLAIM: 'realm_access.roles', ADMIN_CLAIM_VALUE: 'frontrow-admin' });
  const keycloak = {
    azp: 'frontrow-web',
    typ: 'Bearer',
    preferred_username: 'mina',
    scope: 'openid email profile',
    resource_access: { account: { roles: ['manage-account', 'view-profile'] } },
  };
  const roles = (...names: string[]) => ({ ...keycloak, realm_access: { roles: names } });
  expect(await adminStatus(world, roles('offline_access', 'frontrow-admin'))).toBe(200);
  expect(await adminStatus(world, roles('offline_access', 'frontrow-admin-of-another'))).toBe(403);
  // What had been enough is none any more.
  expect(await adminStatus(world, { ...keycloak, role: 'admin' })).toBe(403);
  expect(await adminStatus(world, { ...keycloak, realm_access: 'frontrow-admin' })).toBe(403);
});

test("Keycloak's roles of a client whose id has dots", async () => {
  const world = await worldWith({ ADMIN_CLAIM: 'resource_access.shop.example.roles' });
  const withRoles = (roles: unknown) => ({ resource_access: { 'shop.example': { roles } } });
  expect(await adminStatus(world, withRoles(['admin']))).toBe(200);
  expect(await adminStatus(world, withRoles(['user']))).toBe(403);
});

test("Auth0's tokens: the claim has an address as its name, and the subject a bar", async () => {
  const claim = 'https://frontrow.example/roles';
  const world = await worldWith({ ADMIN_CLAIM: claim, ADMIN_CLAIM_VALUE: 'Box Office Admin' });
  const auth0 = (roles: unknown) => ({
    sub: 'auth0|64f0c3b9d7e2846f0a15a1f0',
    aud: [audience, 'https://tenant.eu.auth0.com/userinfo'],
    azp: 'p3rPoZ8sEVj2c0tA',
    scope: 'openid profile',
    [claim]: roles,
  });
  expect(await adminStatus(world, auth0(['Box Office Admin']))).toBe(200);
  expect(await adminStatus(world, auth0('Box Office Admin'))).toBe(200);
  expect(await adminStatus(world, auth0([]))).toBe(403);
  expect(await adminStatus(world, auth0({ 'Box Office Admin': true }))).toBe(403);
});

const subjects = [
  'x'.repeat(255),
  'auth0|64f0c3b9d7e2846f0a15a1f0',
  'CORP\\mina',
  'CN=Mina Harker, OU=Fans/Rows, O="A & B"',
  'mina+sale@example.com',
  '$set',
  '{slot}:{}',
  '__proto__',
  `a:b'c"d<e>%00`,
];

test.each(subjects)('whoever the provider calls %j joins, pays and is distinguished', async (sub) => {
  const world =
    worlds.find(({ config }) => config.WALLET_LANES === 3) ??
    (await worldWith({ WALLET_LANES: '3', RATE_LIMIT_USER: '1000' }));
  await world.workers.stop();
  await world.workers.start();
  const concert = await world.concert();
  const fan = { id: sub, token: await provider.sign({ sub, name: 'Mina' }) };
  const joined = await world.client.send<{ token: string }>(
    'post',
    `/v1/concerts/${concert.concertId}/queue-token`,
    fan,
  );
  const queueToken = joined.body.token;
  await world.client.command('post', '/v1/points/charges', { ...fan, body: { amount: 5000 } });
  const { holdId } = await world.hold({ ...fan, queueToken }, concert, [concert.seatIds[0] ?? '']);
  expect((await world.pay({ ...fan, queueToken }, holdId)).body.status).toBe('done');
  const other = { token: await provider.sign({ sub: `${sub.slice(0, 200)}.` }) };
  const balances = [fan, other].map((one) => world.client.send('get', '/v1/points', one));
  expect((await Promise.all(balances)).map(({ body }) => body.balance)).toEqual([4000, 0]);
  const stored = await world.context.models.reservations.findOne({ holdId }).lean();
  expect(stored?.userId).toBe(sub);
});

test('a token that was seen is refused once its key was withdrawn for as long as the key set is kept', async () => {
  const own = await startIdentityProvider();
  const settings = { JWT_JWKS_URL: own.url, JWT_ISSUER: own.issuer, JWT_JWKS_SECONDS: '2' };
  const world = await worldWith(settings);
  const token = await own.sign({ sub: 'operator', role: 'admin' });
  const status = async (path: string) => (await world.client.send('get', path, { token })).status;
  expect([await status('/v1/admin/lanes'), await status('/v1/points')]).toEqual([200, 200]);
  await own.withdrawKey();
  expect(await status('/v1/points')).toBe(200);
  await sleep(2100);
  expect([await status('/v1/admin/lanes'), await status('/v1/points')]).toEqual([401, 401]);
  own.close();
});

test('a busy user does not make the key set be fetched for each request, and it is fetched ahead of its end', async () => {
  const own = await startIdentityProvider();
  const seconds = 8;
  const world = await worldWith({
    ...{ JWT_JWKS_URL: own.url, JWT_ISSUER: own.issuer, JWT_JWKS_SECONDS: String(seconds) },
  });
  const token = await own.sign({ sub: 'mina' });
  const ask = async () => expect((await world.client.send('get', '/v1/points', { token })).status).toBe(200);
  const firstEnds = Date.now() + seconds * 1000;
  for (let i = 0; i < 10; i += 1) await ask();
  expect(own.fetched()).toBe(1);
  await until('it is fetched again', async () => {
    await ask();
    return own.fetched() > 1;
  });
  expect(Date.now()).toBeLessThan(firstEnds);
  for (let i = 0; i < 10; i += 1) await ask();
  expect(own.fetched()).toBe(2);
  // The provider is away beyond the first key set's end.
  own.close();
  await sleep(firstEnds - Date.now() + 200);
  await ask();
}, 30_000);

test('a stream ends with the token that opened it', async () => {
  const world = await worldWith({});
  const { concertId, performanceId } = await world.concert();
  const token = await provider.sign({ sub: 'brief', exp: Math.floor(Date.now() / 1000) + 3 });
  await world.client.send('post', `/v1/concerts/${concertId}/queue-token`, { token });
  const paths = [
    '/v1/jobs/events',
    `/v1/concerts/${concertId}/queue-token/events`,
    `/v1/performances/${performanceId}/seats/events`,
  ];
  const streams = await Promise.all(paths.map((path) => listen(`${world.url}${path}`, { token })));
  const anonymous = await listen(`${world.url}${paths.at(-1)}`);
  const ends = streams.map(({ response }) => new Promise((resolve) => response.once('end', () => resolve('ended'))));
  expect(await Promise.race([Promise.all(ends), sleep(6000)])).toEqual(['ended', 'ended', 'ended']);
  expect(anonymous.response.readableEnded).toBe(false);
  anonymous.close();
}, 15_000);
