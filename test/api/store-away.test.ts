import { MongoClient } from 'mongodb';
import { problemOf } from '../../api/http/error-handler';
import { freePort } from '../../tools/stack/free-port';

let client: MongoClient;
beforeAll(async () => {
  client = new MongoClient(`mongodb://127.0.0.1:${await freePort(0)}/away`, { serverSelectionTimeoutMS: 50 });
});
afterAll(() => client.close());

test.each([
  ['read', () => client.db().collection('commands').findOne()],
  ['write of one', () => client.db().collection('commands').insertOne({})],
  // The driver wraps what went wrong into an error of the bulk write: that was answered 500.
  ['write of many', () => client.db().collection('commands').insertMany([{}], { ordered: false })],
])('MongoDB that is away at a %s is answered 503', async (_, operation) => {
  const error = await operation().then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(problemOf(error).code).toBe('SERVICE_UNAVAILABLE');
});
