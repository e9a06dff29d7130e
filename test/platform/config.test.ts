import { readFile } from 'node:fs/promises';
import { loadConfig } from '../../shared/platform/config';
import { configSchema } from '../../shared/platform/config-schema';
import { readClusterUrl } from '../../shared/platform/redis-url';
import { configTables, settingsPage, withConfigTables } from '../../tools/generate/docs-config';

const required = {
  MONGODB_URI: 'mongodb://localhost:27017/frontrow?replicaSet=frontrow',
  REDIS_URL: 'redis://localhost:6379',
  JWT_SECRET: 'a secret of thirty-two characters',
  QUEUE_TOKEN_SECRET: 'another one of 32 characters or so',
  ADMIN_PASSWORD: 'twelve or more',
};

test('the least that must be given is enough, the rest has defaults', () => {
  expect(loadConfig(required)).toMatchObject({
    PORT: 3000,
    HOLD_SECONDS: 300,
    SIGN_IN: false,
    NODE_ENV: 'development',
  });
});

test('numbers and flags are read from text, an empty text counts as unset', () => {
  const config = loadConfig({ ...required, PORT: '8080', SIGN_IN: 'true', HOLD_SECONDS: '' });
  expect(config).toMatchObject({ PORT: 8080, SIGN_IN: true, HOLD_SECONDS: 300 });
});

test.each([
  ['JWT_SECRET', `"${required.JWT_SECRET}"`, /quotes/],
  ['PORT', "'3000'", /quotes/],
  ['ADMIN_PASSWORD', 'twelve or more\r', /line break/],
  ['REDIS_URL', ' redis://localhost:6379', /space/],
  ['QUEUE_TOKEN_SECRET', `${required.QUEUE_TOKEN_SECRET}\n`, /line break/],
])('what an env file left around %s is named, and nothing else about it', (name, value, what) => {
  const load = () => loadConfig({ ...required, [name]: value });
  expect(load).toThrow(what);
  expect(load).toThrow(new RegExp(`^Configuration:\\n {2}- ${name}: [^\\n]*$`));
});

test('quotes and spaces inside of a value are the value, and so is what surrounds a variable of others', () => {
  const given = { ...required, ADMIN_PASSWORD: `a "quoted" 'word' more`, OTHER: '"theirs" ' };
  expect(loadConfig(given).ADMIN_PASSWORD).toBe(given.ADMIN_PASSWORD);
});

test('a replica set may be named by all of its hosts', () => {
  const uri = 'mongodb://user:secret@db-1:27017,db-2:27017,db-3:27018/frontrow?replicaSet=rs';
  expect(loadConfig({ ...required, MONGODB_URI: uri }).MONGODB_URI).toBe(uri);
});

test.each([
  'redis://:secret@cache:6379/2',
  'rediss://cache.example:6380',
  'redis+cluster://cache-1:7000,cache-2:7001,[::1]:7002',
  'rediss+cluster://user:p%40ss@cache.example',
])('%s may be the Redis', (url) => {
  expect(loadConfig({ ...required, REDIS_URL: url }).REDIS_URL).toBe(url);
});

test('the nodes of a cluster are read with their ports, and what is needed to sign in', () => {
  expect(readClusterUrl('rediss+cluster://me:p%40ss@a:7000,b,[::1]:7002')).toEqual({
    nodes: [
      { host: 'a', port: 7000 },
      { host: 'b', port: 6379 },
      { host: '::1', port: 7002 },
    ],
    ...{ tls: true, username: 'me', password: 'p@ss' },
  });
  expect(readClusterUrl('redis://a:7000')).toBeNull();
});

test.each([
  ['HOLD_SECOND', 'HOLD_SECONDS'],
  ['Redis_URL_', 'REDIS_URL'],
  ['max_seats_per_user', 'MAX_SEATS_PER_USER'],
])('%s is told to be no setting, with the one that is meant', (name, meant) => {
  const { [meant as 'REDIS_URL']: _left, ...others } = required;
  expect(messageOf(() => loadConfig({ ...others, [name]: '60' }))).toContain(
    `${name} is not a setting: is ${meant} meant?`,
  );
});

test('other variables are left alone: those that resemble no setting, or one that is given', () => {
  const others = {
    REDIS_URI: 'redis://another',
    PATH: '/bin',
    POST: 'x',
    HOSTS: 'y',
    HOLD_SECONDS_OF_ANOTHER_PROGRAM: '1',
  };
  expect(loadConfig({ ...required, ...others })).toMatchObject({ PORT: 3000 });
});

test('every mistake is told at once, by the name of its setting', () => {
  const wrong = { ...required, MONGODB_URI: '', PORT: '70000', LANES: 'ignored', HOLD_SECONDS: '2.5', SIGN_IN: 'yes' };
  const together = { JWT_SECRET: undefined, DRAIN_SECONDS: '25' };
  const message = messageOf(() => loadConfig({ ...wrong, ...together }));
  for (const name of [
    'MONGODB_URI is missing',
    'PORT:',
    'HOLD_SECONDS:',
    'SIGN_IN:',
    'JWT_SECRET or JWT_JWKS_URL',
    'DRAIN_SECONDS: must be less than SHUTDOWN_SECONDS (25)',
  ])
    expect(message).toContain(name);
  expect(message).not.toContain('LANES');
});

test.each([
  ['a user who may have less than a hold', { MAX_SEATS_PER_USER: '3' }, 'MAX_SEATS_PER_USER: must be 0 or at least'],
  ['no way to check bearer tokens', { JWT_SECRET: undefined }, 'JWT_SECRET or JWT_JWKS_URL'],
  ['sign-in without a secret', { JWT_SECRET: '', JWT_JWKS_URL: 'https://id.test/keys', SIGN_IN: 'true' }, 'SIGN_IN'],
  ['open charges in production', { CHARGES: 'open', NODE_ENV: 'production' }, 'CHARGES: open lets everybody'],
  ['no choice of charges in production', { NODE_ENV: 'production' }, 'CHARGES is missing: production must choose'],
  ['sign-in in production', { SIGN_IN: 'true', NODE_ENV: 'production' }, 'SIGN_IN'],
  ['a short secret', { QUEUE_TOKEN_SECRET: 'short' }, 'QUEUE_TOKEN_SECRET'],
  ['a store of another kind', { REDIS_URL: 'http://localhost:6379' }, 'REDIS_URL'],
  ['several nodes that are no cluster', { REDIS_URL: 'redis://a:7000,b:7001' }, 'redis+cluster://'],
  ['a cluster without a node', { REDIS_URL: 'redis+cluster://' }, 'REDIS_URL'],
  ['a node without a name', { REDIS_URL: 'redis+cluster://a:7000,,b:7001' }, 'REDIS_URL'],
  ['a node with an impossible port', { REDIS_URL: 'redis+cluster://a:70000' }, 'REDIS_URL'],
  ['a database of a cluster, which has one', { REDIS_URL: 'redis+cluster://a:7000/2' }, 'REDIS_URL'],
  ['a password that nobody can decode', { REDIS_URL: 'redis+cluster://me:100%@a:7000' }, 'REDIS_URL'],
  ['a prefix that spreads the keys of a lane', { QUEUE_PREFIX: 'all{}' }, 'QUEUE_PREFIX'],
  ['a MongoDB that is none', { MONGODB_URI: 'postgres://localhost/frontrow' }, 'MONGODB_URI'],
  ['a MongoDB without a host', { MONGODB_URI: 'mongodb:///frontrow' }, 'MONGODB_URI'],
])('refused: %s', (_, change, name) => {
  expect(messageOf(() => loadConfig({ ...required, ...change }))).toContain(name);
});

test('production with a key set wants to be told whose tokens, and for whom, it takes', () => {
  const { JWT_SECRET: _own, ...others } = required;
  const production = { ...others, NODE_ENV: 'production', JWT_JWKS_URL: 'https://id.test/keys' };
  const message = messageOf(() => loadConfig(production));
  expect(message).toContain('JWT_ISSUER is missing');
  expect(message).toContain('JWT_AUDIENCE is missing');
  expect(messageOf(() => loadConfig({ ...production, JWT_ISSUER: 'https://id.test' }))).not.toContain('JWT_ISSUER');
  const whole = { ...production, CHARGES: 'service', JWT_ISSUER: 'https://id.test', JWT_AUDIENCE: 'frontrow' };
  expect(loadConfig(whole)).toMatchObject({ ADMIN_CLAIM: 'role', ADMIN_CLAIM_VALUE: 'admin' });
  expect(messageOf(() => loadConfig({ ...whole, JWT_SECRET: 'short', JWT_AUDIENCE: '' }))).toContain('JWT_AUDIENCE');
  expect(loadConfig({ ...production, NODE_ENV: 'development' })).toMatchObject({ NODE_ENV: 'development' });
});

test('a secret that is refused is not repeated in the message', () => {
  expect(messageOf(() => loadConfig({ ...required, ADMIN_PASSWORD: 'hunter2' }))).not.toContain('hunter2');
});

test('every setting says what it means', () => {
  for (const [name, field] of Object.entries(configSchema.shape))
    expect([name, field.description]).not.toContain(undefined);
});

test('the tables in docs/reference/settings.md are those made from the schema (npm run docs:config)', async () => {
  const page = await readFile(settingsPage, 'utf8');
  expect(withConfigTables(page)).toBe(page);
  const rows = Array.from(configTables().matchAll(/^\| `(\w+)` /gm), ([, name]) => name);
  expect(rows.sort()).toEqual(Object.keys(configSchema.shape).sort());
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}
