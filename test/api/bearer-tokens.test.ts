import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { createTokenVerifier, type VerifyToken } from '../../api/auth/token-verifier';
import { createClock } from '../../shared/platform/clock';
import { Problem } from '../../shared/platform/errors';
import { testConfig } from '../helpers/test-config';

const secret = (text: string) => new TextEncoder().encode(text);
const ours = 'the bearer tokens of tests are signed with this';

const signed = (claims: JWTPayload, key: Parameters<SignJWT['sign']>[0] = secret(ours), alg = 'HS256') =>
  new SignJWT({ sub: 'mina', iss: 'us', aud: 'frontrow', exp: Math.floor(Date.now() / 1000) + 60, ...claims })
    .setProtectedHeader({ alg, kid: 'one' })
    .sign(key);

/** The user's id, or the code of the refusal. */
async function outcome(verify: VerifyToken, token: string): Promise<string> {
  try {
    return (await verify(`Bearer ${token}`)).id;
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
}

describe('with a secret, an issuer and an audience', () => {
  const clock = createClock();
  const verify = createTokenVerifier(testConfig({ JWT_ISSUER: 'us', JWT_AUDIENCE: 'frontrow' }), clock);

  test('a good token is believed, again and again until it ends', async () => {
    const token = await signed({ name: 'Mina', role: 'admin' });
    expect(await verify(`Bearer ${token}`)).toMatchObject({ id: 'mina', name: 'Mina', roles: ['admin'] });
    expect(await verify(`bearer ${token}`)).toMatchObject({ id: 'mina', name: 'Mina', roles: ['admin'] });
    clock.offsetMs = 61_000;
    expect(await outcome(verify, token)).toBe('UNAUTHENTICATED');
    clock.offsetMs = 0;
  });

  test.each<[string, () => Promise<string> | string]>([
    ['expired', () => signed({ exp: 1 })],
    ['without an end', () => signed({ exp: undefined })],
    ['without a subject', () => signed({ sub: undefined })],
    ['with a subject of control characters', () => signed({ sub: 'a b\n' })],
    ['with a subject beyond ASCII', () => signed({ sub: '미나' })],
    ['with a subject of 256 characters', () => signed({ sub: 'x'.repeat(256) })],
    ['with an empty subject', () => signed({ sub: '' })],
    ['of another issuer', () => signed({ iss: 'them' })],
    ['for another audience', () => signed({ aud: 'elsewhere' })],
    ['signed with another secret', () => signed({}, secret('another secret that is long enough for it'))],
    ['not signed', () => new UnsecuredJWT({ sub: 'mina' }).encode()],
    ['with another body', async () => (await signed({})).replace(/\.[^.]+\./, '.eyJzdWIiOiJtYWxvcnkifQ.')],
    ['of no shape', () => 'abc'],
    ['of three odd parts', () => 'a.b.c'],
    ['empty', () => ''],
  ])('refused: %s', async (_name, token) => {
    expect(await outcome(verify, await token())).toBe('UNAUTHENTICATED');
  });

  test('a provider whose clock is some seconds ahead is believed; none that signs for later', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    expect(await outcome(verify, await signed({ nbf: seconds + 8, iat: seconds + 8 }))).toBe('mina');
    expect(await outcome(verify, await signed({ nbf: seconds + 60 }))).toBe('UNAUTHENTICATED');
    expect(await outcome(verify, await signed({ exp: seconds - 1 }))).toBe('UNAUTHENTICATED');
  });

  test('no header, and another scheme', async () => {
    expect(() => verify(undefined)).toThrow('UNAUTHENTICATED');
    expect(() => verify('Basic bWluYTpwdw==')).toThrow('UNAUTHENTICATED');
  });
});

describe('with the key set of an identity provider', () => {
  let provider: Server;
  let url: string;
  let sign: (claims: JWTPayload) => Promise<string>;
  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const other = await exportJWK((await generateKeyPair('RSA-OAEP')).publicKey);
    // Keycloak's have one for encryption, too, and others may have what nobody here knows.
    const keys = [
      { ...other, kid: 'one', alg: 'RSA-OAEP', use: 'enc' },
      { kty: 'AKP', kid: 'one', alg: 'ML-DSA-44', pub: 'AAAA' },
      { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' },
    ];
    sign = (claims) => signed(claims, privateKey, 'ES256');
    provider = createServer((_request, response) => {
      response.setHeader('Connection', 'close');
      response.end(JSON.stringify({ keys }));
    }).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => {
    provider?.closeAllConnections();
    provider?.close();
  });

  test('its tokens are believed; ours are not, unless there is a secret too', async () => {
    const settings = { JWT_SECRET: '', SIGN_IN: 'false', JWT_JWKS_URL: url };
    const verify = createTokenVerifier(testConfig(settings), createClock());
    expect(await outcome(verify, await sign({}))).toBe('mina');
    expect(await outcome(verify, await signed({}))).toBe('UNAUTHENTICATED');
    const both = createTokenVerifier(testConfig({ JWT_JWKS_URL: url }), createClock());
    expect(await outcome(both, await sign({}))).toBe('mina');
    expect(await outcome(both, await signed({}))).toBe('mina');
  });

  test('a provider whose clock is some seconds ahead is believed, and no token beyond its end', async () => {
    const settings = { JWT_SECRET: '', SIGN_IN: 'false', JWT_JWKS_URL: url };
    const verify = createTokenVerifier(testConfig(settings), createClock());
    const seconds = Math.floor(Date.now() / 1000);
    expect(await outcome(verify, await sign({ nbf: seconds + 8 }))).toBe('mina');
    expect(await outcome(verify, await sign({ nbf: seconds + 60 }))).toBe('UNAUTHENTICATED');
    expect(await outcome(verify, await sign({ exp: seconds - 1 }))).toBe('UNAUTHENTICATED');
  });

  test('a key set that is away is not the fault of the token', async () => {
    const nobody = url.replace('/keys', '').replace(/:\d+$/, ':1/keys');
    const verify = createTokenVerifier(testConfig({ JWT_JWKS_URL: nobody }), createClock());
    expect(await outcome(verify, await sign({}))).toBe('SERVICE_UNAVAILABLE');
  });
});
