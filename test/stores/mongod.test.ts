import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { freePort } from '../../tools/stack/free-port';
import type { Store } from '../../tools/stack/process';
import { findMongod } from '../../tools/stack/stores/find-store';
import { startMongod } from '../../tools/stack/stores/mongod';
import { isAlive } from './is-alive';

let folder: string;
let binary: string;
const started: Store[] = [];

beforeAll(async () => {
  binary = (await findMongod(process.env, () => undefined)).path;
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontrow-mongod-'));
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((store) => store.stop('SIGKILL')));
  await rm(folder, { recursive: true, force: true });
});

async function start(port?: number): Promise<Store> {
  const store = await startMongod({ binary, folder, port, cacheGb: 0.25 });
  started.push(store);
  return store;
}

async function withClient<T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5000 });
  return work(client).finally(() => client.close());
}

const write = (uri: string, _id: number) =>
  withClient(uri, (client) =>
    client.withSession((session) =>
      session.withTransaction(() =>
        client.db().collection<{ _id: number }>('marks').insertOne({ _id }, { session, writeConcern: undefined }),
      ),
    ),
  );

const count = (uri: string) => withClient(uri, (client) => client.db().collection('marks').countDocuments());

test('runs transactions, and is gone after stop', async () => {
  const store = await start();
  await write(store.uri, 1);
  expect(await count(store.uri)).toBe(1);
  await store.stop();
  expect(isAlive(store.process.pid)).toBe(false);
});

test('finds its data again on the same port, also after SIGKILL', async () => {
  const first = await start();
  await write(first.uri, 1);
  await first.stop('SIGKILL');
  const second = await start();
  expect(second.port).toBe(first.port);
  expect(await count(second.uri)).toBe(1);
});

test('finds its data again on another port, and takes writes there', async () => {
  const first = await start();
  await write(first.uri, 1);
  await first.stop();
  const port = await freePort(0);
  const second = await start(port);
  expect(second.port).toBe(port);
  await write(second.uri, 2);
  expect(await count(second.uri)).toBe(2);
});

test('a data folder that another mongod uses: says so, with the end of the log', async () => {
  await start();
  await expect(start(await freePort(0))).rejects.toThrow(/mongod ended at start.*DBPathInUse/s);
});
