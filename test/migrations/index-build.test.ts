import { MongoClient } from 'mongodb';
import { knownMigrations } from '../../shared/schema/schema';
import { databaseUri, openStores, type Stores } from '../../tools/stack/stores';
import { environment, startProcess } from '../helpers/processes';
import { testConfig } from '../helpers/test-config';
import { until } from '../helpers/until';

let stores: Stores;
let client: MongoClient;
let uri: string;
/** A MongoDB whose index builds stand still. */
beforeAll(async () => {
  const mongodArgs = ['--setParameter', 'enableTestCommands=1'];
  stores = await openStores({ name: 'test', log: () => undefined, mongodArgs });
  uri = databaseUri(stores.mongod.uri, 'large');
  client = new MongoClient(uri);
  const documents = Array.from({ length: 2000 }, (_, i) => ({
    userId: `user_${i % 50}`,
    key: `key-${i}`,
    status: 'done',
  }));
  await client.db().collection('commands').insertMany(documents);
  await buildsStandStill(true);
}, 60_000);
afterAll(async () => {
  await client?.close();
  await stores?.close();
});

const buildsStandStill = (still: boolean) =>
  client.db('admin').command({ configureFailPoint: 'hangAfterStartingIndexBuild', mode: still ? 'alwaysOn' : 'off' });
const isBuilding = async () => {
  // A long command is shown as cut text.
  const { inprog } = await client.db('admin').command({ currentOp: 1, msg: /^Index Build/ });
  return inprog.length > 0;
};

test('a run that is killed during an index build is followed by one that waits for that build', async () => {
  const first = startProcess('tools/operate/migrate', { MONGODB_URI: uri });
  await until('the build has begun', isBuilding);
  const api = startProcess('api/server', {
    ...environment(testConfig(), { LOG_LEVEL: 'info' }),
    ...{ MONGODB_URI: uri, REDIS_URL: stores.redis.uri },
  });
  await api.said('waiting for migrations');
  await api.end('SIGKILL');
  await first.end('SIGKILL');
  expect(await isBuilding()).toBe(true);

  const second = startProcess('tools/operate/migrate', { MONGODB_URI: uri });
  await until(
    'it has waited for the lease of the first',
    () => /: waiting for it\.\n.+ …\n/.test(second.output()),
    40_000,
  );
  await buildsStandStill(false);
  expect(await second.ended()).toBe(0);
  expect(second.output()).toContain(`Ran ${knownMigrations.join(', ')}.`);
  const names = (await client.db().collection('commands').indexes()).map(({ name }) => name);
  expect(names).toContain('userId_1_key_1');
}, 120_000);
