import { createHmac, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTokenVerifier, type VerifyToken } from '../../api/auth/token-verifier';
import { createClock } from '../../shared/platform/clock';
import { Problem } from '../../shared/platform/errors';
import { testConfig } from '../helpers/test-config';

/** Tokens that other libraries have believed once (RFC 8725, 2), put together by hand: no library here would sign them. */

const secret = 'the bearer tokens of tests are signed with this';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
const jwkOf = (key: KeyObject) => key.export({ format: 'jwk' });

const part = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const end = () => Math.floor(Date.now() / 1000) + 60;
const good = () => ({ sub: 'mina', iss: 'us', aud: 'frontrow', exp: end() });
const hmac = (text: string, key: string | Buffer, hash = 'sha256') =>
  createHmac(hash, key).update(text).digest('base64url');
const sign = (text: string, key = rsa.privateKey, hash = 'sha256') =>
  createSign(hash).update(text).sign(key, 'base64url');

type Signer = (text: string) => string;
interface Kind {
  header: Record<string, unknown>;
  signer: Signer;
}
const shared: Kind = { header: { alg: 'HS256', typ: 'JWT' }, signer: (text) => hmac(text, secret) };
const published: Kind = { header: { alg: 'RS256', typ: 'JWT', kid: 'one' }, signer: (text) => sign(text) };

function token(header: unknown, claims: unknown, signer: Signer): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${signer(text)}`;
}

let provider: Server;
const verifiers = new Map<Kind, VerifyToken>();
beforeAll(async () => {
  provider = createServer((_request, response) => {
    response.setHeader('Connection', 'close');
    response.end(JSON.stringify({ keys: [{ ...jwkOf(rsa.publicKey), kid: 'one', alg: 'RS256', use: 'sig' }] }));
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`;
  const demands = { JWT_ISSUER: 'us', JWT_AUDIENCE: 'frontrow' };
  const bySecret = testConfig({ ...demands });
  const byKeySet = testConfig({ ...demands, JWT_SECRET: '', SIGN_IN: 'false', JWT_JWKS_URL: url });
  verifiers.set(shared, createTokenVerifier(bySecret, createClock()));
  verifiers.set(published, createTokenVerifier(byKeySet, createClock()));
});
afterAll(() => {
  provider?.closeAllConnections();
  provider?.close();
});

async function outcome(kind: Kind, sent: string): Promise<string> {
  try {
    return (await verifiers.get(kind)?.(`Bearer ${sent}`))?.id ?? 'nobody';
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
}

/** What the header says, signed as it should be; and what the signature is, of a header as it should be. */
const headers: Record<string, object> = {
  'alg none': { alg: 'none' },
  'alg None': { alg: 'None' },
  'alg nOnE': { alg: 'nOnE' },
  'alg empty': { alg: '' },
  'alg missing': { alg: undefined },
  'alg null': { alg: null },
  'alg a list': { alg: ['HS256', 'RS256'] },
  'alg a number': { alg: 256 },
  'alg in small letters': { alg: 'hs256' },
  'alg HS384': { alg: 'HS384' },
  'alg HS512': { alg: 'HS512' },
  'alg of encryption': { alg: 'dir', enc: 'A256GCM' },
  'a critical extension': { crit: ['exp'], exp: 1 },
  'an unknown critical extension': { crit: ['urn:example:x'], 'urn:example:x': true },
  'a payload that is not encoded': { b64: false, crit: ['b64'] },
};
const claims: Record<string, object> = {
  'no end': { exp: undefined },
  'an end that is text': { exp: String(end()) },
  'an end that is null': { exp: null },
  'an end that is a list': { exp: [end()] },
  'an end before 1970': { exp: -1 },
  'an end a second ago': { exp: Math.floor(Date.now() / 1000) - 1 },
  'a start that is text': { nbf: 'tomorrow' },
  'a start in a minute': { nbf: end() },
  'no issuer': { iss: undefined },
  'an issuer that is longer': { iss: 'us.evil.example' },
  'an issuer in capitals': { iss: 'US' },
  'an issuer that is a list': { iss: ['us'] },
  'no audience': { aud: undefined },
  'another audience': { aud: 'account' },
  'other audiences': { aud: ['account', 'frontrow2'] },
  'an audience that is longer': { aud: 'frontrow ' },
  'an audience that is an object': { aud: { frontrow: true } },
  'no subject': { sub: undefined },
  'a subject that is a number': { sub: 7 },
  'a subject that is a list': { sub: ['mina'] },
  'a subject that is an object': { sub: { $ne: '' } },
  'a subject with a line break': { sub: 'mina\nadmin' },
};

describe.each([
  ['a secret', shared],
  ['a key set', published],
])('with %s', (_, kind) => {
  test('the token that all of these are made from is believed', async () => {
    expect(await outcome(kind, token(kind.header, good(), kind.signer))).toBe('mina');
  });

  test.each(Object.entries(headers))('refused: %s', async (_name, change) => {
    const header = { ...kind.header, ...change };
    expect(await outcome(kind, token(header, good(), kind.signer))).toBe('UNAUTHENTICATED');
    expect(
      await outcome(
        kind,
        token(header, good(), () => ''),
      ),
    ).toBe('UNAUTHENTICATED');
  });

  test.each(Object.entries(claims))('refused: %s', async (_name, change) => {
    expect(await outcome(kind, token(kind.header, { ...good(), ...change }, kind.signer))).toBe('UNAUTHENTICATED');
  });

  test.each<[string, (sent: string) => string]>([
    ['no signature', (sent) => sent.replace(/[^.]+$/, '')],
    ['half a signature', (sent) => sent.slice(0, -20)],
    ['the signature of another token', (sent) => sent.replace(/[^.]+$/, kind.signer('a.b'))],
    ['a signature of zeros', (sent) => sent.replace(/[^.]+$/, 'A'.repeat(43))],
    [
      'other claims under the same signature',
      (sent) => sent.replace(/\.[^.]+\./, `.${part({ ...good(), sub: 'eve' })}.`),
    ],
    ['another header over the same signature', (sent) => sent.replace(/^[^.]+/, part({ ...kind.header, x: 1 }))],
    ['claims that are no JSON', () => token(kind.header, 'mina', kind.signer)],
    ['claims that are a list', () => token(kind.header, [good()], kind.signer)],
    ['claims that are null', () => token(kind.header, 'null', kind.signer)],
    ['a header that is no JSON', () => token('HS256', good(), kind.signer)],
    ['a part too many', (sent) => `${sent}.${part({})}`],
    ['five parts', (sent) => `${sent}.a.b`],
    ['padding', (sent) => `${sent}==`],
    ['a space within', (sent) => sent.replace('.', '. ')],
    ['a second token behind it', (sent) => `${sent},${sent}`],
  ])('refused: %s', async (_name, change) => {
    expect(await outcome(kind, change(token(kind.header, good(), kind.signer)))).toBe('UNAUTHENTICATED');
  });
});

const kid = (value: unknown) => () => token({ ...published.header, kid: value }, good(), published.signer);
test.each<[string, () => string]>([
  [
    'signed with the public key as a secret',
    () => token({ alg: 'HS256', kid: 'one' }, good(), (text) => hmac(text, String(pem))),
  ],
  [
    'signed with the key set as a secret',
    () => token({ alg: 'HS256' }, good(), (text) => hmac(text, JSON.stringify(jwkOf(rsa.publicKey)))),
  ],
  [
    'signed by a stranger under our kid',
    () => token(published.header, good(), (text) => sign(text, stranger.privateKey)),
  ],
  [
    'a key that it brings along',
    () =>
      token({ ...published.header, kid: 'new', jwk: jwkOf(stranger.publicKey) }, good(), (text) =>
        sign(text, stranger.privateKey),
      ),
  ],
  [
    'a key set of its own',
    () =>
      token({ ...published.header, jku: 'http://127.0.0.1:1/keys' }, good(), (text) => sign(text, stranger.privateKey)),
  ],
  [
    'a certificate of its own',
    () =>
      token({ ...published.header, x5c: [part('x')], x5u: 'http://127.0.0.1:1/' }, good(), (text) =>
        sign(text, stranger.privateKey),
      ),
  ],
  [
    'another hash than the key is for',
    () => token({ ...published.header, alg: 'RS512' }, good(), (text) => sign(text, rsa.privateKey, 'sha512')),
  ],
  ['a signature of another family', () => token({ ...published.header, alg: 'ES256' }, good(), published.signer)],
  ['a kid that nobody has', kid('two')],
  ['a kid that is a path', kid('../../../../dev/null')],
  ['a kid that is SQL', kid("' UNION SELECT 'x")],
  ['a kid that is a list', kid(['one'])],
  ['a kid of ten thousand letters', kid('x'.repeat(10_000))],
  ['an empty secret', () => token(shared.header, good(), (text) => hmac(text, ''))],
])('with a key set, refused: %s', async (_name, made) => {
  expect(await outcome(published, made())).toBe('UNAUTHENTICATED');
});

test.each<[string, Buffer | string]>([
  ['empty', ''],
  ['the word secret', 'secret'],
  ['our secret without its last letter', secret.slice(0, -1)],
  ['our secret with a line break', `${secret}\n`],
  ['our secret in base64', Buffer.from(secret).toString('base64')],
  ['random', randomBytes(32)],
])('with a secret, refused: one that is signed with another secret, %s', async (_name, key) => {
  expect(
    await outcome(
      shared,
      token(shared.header, good(), (text) => hmac(text, key)),
    ),
  ).toBe('UNAUTHENTICATED');
  expect(
    await outcome(
      shared,
      token({ ...shared.header, alg: 'HS512' }, good(), (text) => hmac(text, key, 'sha512')),
    ),
  ).toBe('UNAUTHENTICATED');
});
