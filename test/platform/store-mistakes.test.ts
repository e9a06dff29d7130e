import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { createLogger } from '../../shared/platform/logger';
import { openMongo } from '../../shared/platform/mongo';
import { openRedis } from '../../shared/platform/redis';
import { freePort } from '../../tools/stack/free-port';
import { environment, startProcess } from '../helpers/processes';
import { startStandalone } from '../helpers/standalone-mongod';
import { testConfig } from '../helpers/test-config';

const redisPort = new URL(process.env.TEST_REDIS_URL ?? '').port;
const mongo = new URL(process.env.TEST_MONGODB_URI ?? '');
const replicaSet = mongo.searchParams.get('replicaSet');
/** What a client without the authority of this certificate sees. */
const pem = readFileSync(join(__dirname, 'self-signed.pem'), 'utf8');

/** Redis behind TLS. */
let tls: Server;
let tlsPort: number;
let closedPort: number;
beforeAll(async () => {
  tls = createServer({ key: pem, cert: pem }, (socket) => {
    const store = connect(Number(redisPort), '127.0.0.1');
    for (const end of [socket, store]) end.on('error', () => undefined);
    socket.pipe(store).pipe(socket);
  });
  tls.on('tlsClientError', () => undefined);
  await once(tls.listen(0, '127.0.0.1'), 'listening');
  tlsPort = (tls.address() as AddressInfo).port;
  closedPort = await freePort(0);
});
afterAll(() => new Promise((resolve) => tls.close(resolve)));

const reasonOf = (opened: Promise<{ disconnect?(): unknown; close?(): unknown }>) =>
  opened.then(
    async (store) => {
      await (store.disconnect?.() ?? store.close?.());
      return 'no mistake';
    },
    (error: Error) => error.message,
  );

test.each([
  ['a wrong port', () => `redis://:hunter2@127.0.0.1:${closedPort}`, /ECONNREFUSED.*nothing listens there/],
  ['a wrong password', () => `redis://app:hunter2@127.0.0.1:${redisPort}`, /refuses the user or the password/],
  ['no such host', () => 'redis://:hunter2@no-such-host.invalid:1', /no host of that name/],
  ['plain text to a TLS port', () => `redis://127.0.0.1:${tlsPort}`, /TLS/],
  ['TLS to a plain port', () => `rediss://127.0.0.1:${redisPort}`, /TLS/],
  ['a certificate of an unknown authority', () => `rediss://127.0.0.1:${tlsPort}`, /NODE_EXTRA_CA_CERTS/],
  ['nodes of no cluster', () => `redis+cluster://:hunter2@127.0.0.1:${closedPort}`, /none of these nodes answers/],
])(
  'REDIS_URL with %s: one line with the setting, the address and the cause',
  async (_, url, cause) => {
    const reason = await reasonOf(openRedis(url(), 'fail-fast', createLogger('test', 'silent')));
    expect(reason).toMatch(cause);
    expect(reason).toMatch(/^REDIS_URL \(redis[^ ]*\): [^\n]+$/);
    expect(reason).not.toContain('hunter2');
  },
  20_000,
);

test.each([
  ['a wrong port', () => `mongodb://app:hunter2@127.0.0.1:${closedPort}/x`, /ECONNREFUSED.*nothing listens there/],
  [
    'a wrong password',
    () => `mongodb://app:hunter2@${mongo.host}/x?replicaSet=${replicaSet}`,
    /refuses the user or the password/,
  ],
  ['another replica set', () => `mongodb://${mongo.host}/x?replicaSet=other`, /'other'.*Is replicaSet right/],
  ['no such host', () => 'mongodb://app:hunter2@no-such-host.invalid:1/x', /no host of that name/],
  ['plain text to a TLS port', () => `mongodb://127.0.0.1:${tlsPort}/x`, /TLS/],
  ['TLS to a plain port', () => `mongodb://${mongo.host}/x?replicaSet=${replicaSet}&tls=true`, /TLS/],
  ['a certificate of an unknown authority', () => `mongodb://127.0.0.1:${tlsPort}/x?tls=true`, /NODE_EXTRA_CA_CERTS/],
  ['an option that is none', () => `mongodb://${mongo.host}/x?replicaSett=y`, /replicasett/i],
])(
  'MONGODB_URI with %s: one line with the setting, the address and the cause',
  async (_, uri, cause) => {
    const reason = await reasonOf(openMongo(uri(), 'test'));
    expect(reason).toMatch(cause);
    expect(reason).toMatch(/^MONGODB_URI \(mongodb[^ ]*\): [^\n]+$/);
    expect(reason).not.toContain('hunter2');
  },
  20_000,
);

test.each(['api/server', 'workers/main', 'tools/operate/seed', 'tools/operate/audit', 'tools/operate/migrate'])(
  '%s refuses a mongod without a replica set, in a sentence',
  async (module) => {
    const standalone = await startStandalone();
    const settings = environment(testConfig(), { MONGODB_URI: `${standalone.uri}/x`, LOG_LEVEL: 'info' });
    const process = startProcess(module, settings);
    const ended = await process.ended();
    await standalone.stop();
    expect(ended).not.toBe(0);
    const [line = '', ...more] = process.output().trim().split('\n');
    expect(more).toEqual([]);
    const said = line.startsWith('{') ? JSON.parse(line).msg : line;
    expect(said).toMatch(/MONGODB_URI \(mongodb:\/\/127\.0\.0\.1:\d+\/x\): it is a mongod without a replica set/);
  },
  30_000,
);

test.each([
  ['a wrong setting', { HOLD_SECONDS: 'soon', PORT: 'many' }, /^not started: Configuration: PORT: .* HOLD_SECONDS: /],
  ['no database', { MONGODB_URI: 'mongodb://localhost?replicaSet=x' }, /MONGODB_URI: Names no database/],
  [
    'a store that is not there',
    { REDIS_URL: 'redis://127.0.0.1:1' },
    /^not started: REDIS_URL .*nothing listens there/,
  ],
])(
  '%s: the API says so in one line of JSON, and ends',
  async (_, change, message) => {
    const process = startProcess('api/server', environment(testConfig(), { LOG_LEVEL: 'info', ...change }));
    expect(await process.ended()).toBe(1);
    const lines = process.output().trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 60, name: 'api', msg: expect.stringMatching(message) });
  },
  20_000,
);

test('what MONGODB_URI asks for by the way, copied from elsewhere, weakens nothing', async () => {
  const url = new URL(mongo);
  url.pathname = '/test_options';
  const asked = { w: '1', journal: 'false', readPreference: 'secondaryPreferred', retryWrites: 'false' };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const connection = await openMongo(url.href, 'test');
  try {
    const { readPreference, retryWrites, writeConcern } = connection.getClient().options;
    expect([readPreference.mode, retryWrites, writeConcern?.w]).toEqual(['primary', true, 'majority']);
    expect(writeConcern?.journal ?? true).toBe(true);
  } finally {
    await connection.close();
  }
});
