import { SignJWT } from 'jose';
import { startWorld, type World } from '../helpers/world';

const secrets = {
  JWT_SECRET: 'bearer tokens are signed with this from now on',
  JWT_SECRET_PREVIOUS: 'bearer tokens were signed with this until now',
  ADMIN_PASSWORD: 'a password of today',
  ADMIN_PASSWORD_PREVIOUS: 'a password of yesterday',
};

let world: World;
beforeAll(async () => {
  world = await startWorld({ settings: secrets, workers: false });
});
afterAll(() => world?.close());

const signed = (secret: string) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('user_1')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

test.each([
  ['the present secret', secrets.JWT_SECRET, 200],
  ['the previous one', secrets.JWT_SECRET_PREVIOUS, 200],
  ['any other', 'bearer tokens were never signed with this one', 401],
])('a bearer token that is signed with %s', async (_, secret, status) => {
  expect((await world.client.send('get', '/v1/points', { token: await signed(secret) })).status).toBe(status);
});

test('new tokens are signed with the present one', async () => {
  const { token } = await world.user();
  const [header, payload, signature] = token.split('.');
  const { createHmac } = await import('node:crypto');
  const mac = createHmac('sha256', secrets.JWT_SECRET).update(`${header}.${payload}`).digest('base64url');
  expect(mac).toBe(signature);
});

test.each([
  ['today', secrets.ADMIN_PASSWORD, 200],
  ['yesterday', secrets.ADMIN_PASSWORD_PREVIOUS, 200],
  ['never', 'a password of nobody', 401],
])('the admin password of %s, on the board and in sign-in', async (_, password, status) => {
  const basic = Buffer.from(`admin:${password}`).toString('base64');
  const board = await world.client.send('get', '/board/', { headers: { Authorization: `Basic ${basic}` } });
  expect(board.status).toBe(status);
  const signIn = await world.client.send('post', '/v1/sign-in', { body: { name: 'admin', password } });
  expect(signIn.status).toBe(status);
});
