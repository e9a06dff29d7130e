import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { freePort } from '../../tools/stack/free-port';
import { launch } from '../../tools/stack/process';
import { findMongod } from '../../tools/stack/stores/find-store';

/** A mongod that is no replica set, as one that somebody has just installed. */
export async function startStandalone(): Promise<{ uri: string; stop(): Promise<void> }> {
  const { path: command } = await findMongod(process.env, () => undefined);
  const folder = await mkdtemp(join(tmpdir(), 'frontrow-standalone-'));
  const port = await freePort(0);
  const uri = `mongodb://127.0.0.1:${port}`;
  const place = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
  const args = [...place, '--wiredTigerCacheSizeGB', '0.25'];
  const running = await launch({ name: 'mongod', command, args, folder, stopMs: 20_000, ready: () => answers(uri) });
  return {
    uri,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A new client each time, since one that could not connect stays closed. */
async function answers(uri: string): Promise<boolean> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 100 });
  const answer = client.db('admin').command({ ping: 1 });
  return answer.then(() => true).finally(() => client.close());
}
