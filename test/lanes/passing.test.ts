import { MongoClient } from 'mongodb';
import { LateWrite } from '../../shared/platform/write-deadline';
import { type NetworkProxy, openProxy } from '../../tools/stack/proxy';
import { isTransient } from '../../workers/batches/is-transient';

const store = new URL(process.env.TEST_MONGODB_URI ?? '');

let proxy: NetworkProxy;
let client: MongoClient;
beforeEach(async () => {
  proxy = await openProxy(() => Number(store.port));
  client = new MongoClient(`mongodb://127.0.0.1:${proxy.port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 5000,
  });
  await client.connect();
});
afterEach(async () => {
  await client.close();
  await proxy.close();
});

/** What a transaction ends with when the network breaks before this statement of its. */
async function brokenAt(statement: 'read' | 'write'): Promise<unknown> {
  const commands = client.db('test_passing').collection('commands');
  const session = client.startSession();
  try {
    await session.withTransaction(async () => {
      if (statement === 'read') proxy.cut();
      await commands.findOne({}, { session });
      proxy.cut();
      await commands.bulkWrite([{ updateOne: { filter: {}, update: { $set: { seen: true } } } }], { session });
    });
    return null;
  } catch (error) {
    return error;
  } finally {
    await session.endSession();
  }
}

test.each(['read', 'write'] as const)('a network that breaks at a %s is no fault of the group', async (statement) => {
  const error = await brokenAt(statement);
  expect(error).not.toBeNull();
  expect(isTransient(error)).toBe(true);
});

test('a transaction that is late is no fault of the group, and is begun anew as another', () => {
  expect(isTransient(new LateWrite(10_000))).toBe(true);
});
