import { MongoMemoryServer } from 'mongodb-memory-server';
import { findMongod } from '../../tools/stack/stores/find-mongod';

/** A mongod that is no replica set, as one that somebody has just installed. */
export async function startStandalone(): Promise<{ uri: string; stop(): Promise<void> }> {
  const mongod = await findMongod(process.env, () => undefined);
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const server = await MongoMemoryServer.create({
    binary: { systemBinary: mongod.path, version: mongod.version },
    instance: { storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25', '--nounixsocket'] },
  });
  return { uri: server.getUri().replace(/\/(\?.*)?$/, ''), stop: async () => void (await server.stop()) };
}
