import type { MongoClient } from 'mongodb';

export const replicaSet = 'frontrow';

interface ReplicaSetConfig {
  _id: string;
  version: number;
  members: { _id: number; host: string }[];
}

/**
 * One step towards a primary: initiates a new set, and tells an old one its new address (a data folder started on
 * another port does not find itself in its own configuration). Safe to repeat.
 * @returns whether the node takes writes now
 */
export async function becomePrimary(client: MongoClient, host: string): Promise<boolean> {
  const admin = client.db('admin');
  const hello = await admin.command({ hello: 1 });
  if (hello.isWritablePrimary) return true;
  const config = await client.db('local').collection<ReplicaSetConfig>('system.replset').findOne();
  if (!config) {
    await admin.command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } });
  } else if (config.members[0]?.host !== host) {
    const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
  return false;
}
