import { readFile } from 'node:fs/promises';
import { Binary } from 'mongodb';
import { native } from '../../../shared/models';
import type { Environment } from './environment';
import type { KeptProcess } from './kept-process';

/** How many transactions (0 or 1) the present run of a worker has open, which a kill or a freeze would leave behind. */
export async function countTransactions({ models, connection }: Environment, worker: KeptProcess): Promise<number> {
  const sessionId = await sessionOf(models, worker);
  if (!sessionId) return 0;
  const id = new Binary(Buffer.from(sessionId, 'hex'), Binary.SUBTYPE_UUID);
  const open = await connection
    .getClient()
    .db('admin')
    .aggregate([
      { $currentOp: { allUsers: true, idleSessions: true } },
      { $match: { 'lsid.id': id, transaction: { $exists: true } } },
    ])
    .toArray();
  return open.length > 0 ? 1 : 0;
}

/** The session that stands in the lease of a lane which this run took, as its log says. */
async function sessionOf(models: Environment['models'], worker: KeptProcess): Promise<string | null> {
  const taken = await lanesTaken(worker);
  if (taken.length === 0) return null;
  const filter = { $or: taken.map(({ lane, epoch }) => ({ _id: lane, epoch })), sessionId: { $ne: null } };
  return (await native(models, 'lanes').findOne(filter))?.sessionId ?? null;
}

/** The lanes that the present run of a worker took, with the epoch in which it did. */
export async function lanesTaken(worker: KeptProcess): Promise<{ lane: string; epoch: number }[]> {
  const log = await readFile(worker.logs().at(-1) ?? '', 'utf8').catch(() => '');
  const lines = log.matchAll(/"lane":"([\w-]+)","epoch":(\d+),"msg":"lane taken/g);
  return Array.from(lines, ([, lane = '', epoch]) => ({ lane, epoch: Number(epoch) }));
}
