import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import type { Stores } from '../../stack/stores';

/** How many times each command has been called, by its name. */
export type Calls = Record<string, number>;

export interface StoreCalls {
  mongo: Calls;
  redis: Calls;
}

/** Reads what the servers themselves have counted since they started. */
export interface StoreCounters {
  read(): Promise<StoreCalls>;
  close(): Promise<void>;
}

const leaveOut = { opcounters: 0, wiredTiger: 0, locks: 0, tcmalloc: 0, repl: 0, network: 0, connections: 0 };

export async function openStoreCounters({ mongod, redis }: Pick<Stores, 'mongod' | 'redis'>): Promise<StoreCounters> {
  const client = await MongoClient.connect(mongod.uri);
  const admin = client.db('admin');
  const connection = new Redis(redis.uri);

  async function readMongo(): Promise<Calls> {
    const { metrics } = await admin.command({ serverStatus: 1, ...leaveOut });
    const commands = Object.entries<{ total?: number | bigint }>(metrics.commands);
    return Object.fromEntries(commands.map(([name, { total }]) => [name, Number(total ?? 0)]));
  }
  return {
    read: async () => ({
      mongo: await readMongo(),
      redis: callsOf(await connection.info('commandstats')),
    }),
    async close() {
      connection.disconnect();
      await client.close();
    },
  };
}

function callsOf(commandstats: string): Calls {
  const lines = commandstats.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm);
  return Object.fromEntries(Array.from(lines, ([, name = '', calls]) => [name, Number(calls)]));
}

/** @returns what was called since, without what was not */
export function callsSince(before: Calls, after: Calls): Calls {
  const all = Object.entries(after).map(([name, calls]) => [name, calls - (before[name] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, calls]) => calls > 0));
}
