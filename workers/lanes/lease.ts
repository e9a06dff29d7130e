import { Binary, type ClientSession, MongoServerError } from 'mongodb';
import { commandKinds } from '../../shared/commands/catalogue';
import type { WorkerDoc } from '../../shared/lanes/lane.model';
import { type Models, native } from '../../shared/models';

/** Leases and fences in MongoDB, all on the database's clock. */
const until = (ms: number) => ({ $add: ['$$NOW', ms] });

/** Makes the lease and the fence of each lane, if they are not there. */
export async function ensureLanes(models: Models, lanes: readonly string[]): Promise<void> {
  const never = new Date(0);
  const upsert = (_id: string, $setOnInsert: object) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert }, upsert: true },
  });
  const lease = { owner: null, epoch: 0, leaseUntil: never, sessionId: null };
  await native(models, 'lanes').bulkWrite(
    lanes.map((lane) => upsert(lane, lease)),
    { ordered: false },
  );
  const fence = { epoch: 0, position: 0, touchedAt: never };
  await native(models, 'fences').bulkWrite(
    lanes.map((lane) => upsert(lane, fence)),
    { ordered: false },
  );
}

/** A lane whose lease this worker has. Its owner can commit once the fence is raised, and not before. */
export interface LaneClaim {
  epoch: number;
  /** The session of an owner that did not give the lane back: it may keep documents locked. Null: it was given back. */
  deadSession: string | null;
}

/** Takes the lease of a lane whose lease has ended; null if another worker has it. */
export async function claimLane(
  models: Models,
  lane: string,
  owner: string,
  session: ClientSession,
  leaseMs: number,
): Promise<LaneClaim | null> {
  const sessionId = sessionHex(session);
  const before = await native(models, 'lanes').findOneAndUpdate(
    { _id: lane, $expr: { $lte: ['$leaseUntil', '$$NOW'] } },
    [{ $set: { owner, epoch: { $add: ['$epoch', 1] }, leaseUntil: until(leaseMs), sessionId } }],
    { returnDocument: 'before' },
  );
  if (!before) return null;
  const crashed = before.owner !== null && before.sessionId !== sessionId;
  return { epoch: before.epoch + 1, deadSession: crashed ? before.sessionId : null };
}

/**
 * Ends the session of an owner that died or froze inside a transaction: what it wrote there stays locked otherwise, until
 * MongoDB gives the transaction up (`transactionLifetimeLimitSeconds`).
 * @throws what MongoDB says when this user may not end sessions, as on small Atlas clusters
 */
export async function endDeadSession(models: Models, hex: string): Promise<void> {
  const id = new Binary(Buffer.from(hex, 'hex'), Binary.SUBTYPE_UUID);
  await models.lanes.db.db?.admin().command({ killSessions: [{ id }] });
}

/** MongoDB's code for what took longer than its `maxTimeMS`. */
const maxTimeExpired = 50;

/**
 * Raises the fence, after which the old owner can't write and the new one can. Waits at most `maxTimeMS` for a transaction
 * that has the fence locked.
 * @returns `late` while it is locked, `lost` when a newer owner has raised it further
 */
export async function raiseFence(
  models: Models,
  lane: string,
  epoch: number,
  maxTimeMS: number,
): Promise<'raised' | 'late' | 'lost'> {
  try {
    const { matchedCount } = await native(models, 'fences').updateOne(
      { _id: lane, epoch: { $lte: epoch } },
      { $set: { epoch } },
      { maxTimeMS },
    );
    return matchedCount > 0 ? 'raised' : 'lost';
  } catch (error) {
    if (error instanceof MongoServerError && error.code === maxTimeExpired) return 'late';
    throw error;
  }
}

/** Gives a lane back in order; anybody may take it at once. @param needs a kind of command that only some workers know */
export async function releaseLane(
  models: Models,
  lane: string,
  owner: string,
  epoch: number,
  needs?: string,
): Promise<void> {
  await native(models, 'lanes').updateOne(
    { _id: lane, owner, epoch },
    { $set: { owner: null, leaseUntil: new Date(0), sessionId: null, ...(needs !== undefined && { needs }) } },
  );
}

/** Lets everybody take a lane again, unless commands of the kind that it needs still wait there. */
export async function clearNeeds(models: Models, lane: string, needs: string): Promise<void> {
  const kind = needs as never;
  if (await native(models, 'commands').findOne({ lane, status: 'accepted', kind }, { projection: { _id: 1 } })) return;
  await native(models, 'lanes').updateOne({ _id: lane, needs }, { $unset: { needs: '' } });
}

/** Says that this worker lives and what it carries out, and renews its leases. */
export async function renewLeases(
  models: Models,
  owner: string,
  lanes: readonly string[],
  leaseMs: number,
): Promise<void> {
  const alive = { leaseUntil: until(leaseMs), kinds: { $literal: commandKinds } };
  await native(models, 'workers').updateOne({ _id: owner }, [{ $set: alive }], { upsert: true });
  if (lanes.length === 0) return;
  await native(models, 'lanes').updateMany({ _id: { $in: [...lanes] }, owner }, [
    { $set: { leaseUntil: until(leaseMs) } },
  ]);
}

export async function forgetWorker(models: Models, owner: string): Promise<void> {
  await native(models, 'workers').deleteOne({ _id: owner });
}

export interface Ownership {
  /** Live workers in a stable order. */
  workers: Pick<WorkerDoc, '_id' | 'kinds'>[];
  /** Every lane with its owner; null: free to take. */
  ownerOf: ReadonlyMap<string, string | null>;
  /** Of lanes that are not for every worker, the kind of command that one must know. */
  needsOf: ReadonlyMap<string, string>;
}

export async function readOwnership(models: Models): Promise<Ownership> {
  const workers = await native(models, 'workers')
    .find({ $expr: { $gt: ['$leaseUntil', '$$NOW'] } })
    .sort({ _id: 1 })
    .toArray();
  const lanes = await native(models, 'lanes')
    .aggregate<{ _id: string; owner: string | null; needs?: string }>([
      { $project: { needs: 1, owner: { $cond: [{ $gt: ['$leaseUntil', '$$NOW'] }, '$owner', null] } } },
      { $sort: { _id: 1 } },
    ])
    .toArray();
  return {
    workers,
    ownerOf: new Map(lanes.map((lane) => [lane._id, lane.owner])),
    needsOf: new Map(lanes.flatMap(({ _id, needs }) => (needs === undefined ? [] : [[_id, needs] as const]))),
  };
}

function sessionHex(session: ClientSession): string {
  const id = session.id?.id;
  if (!id) throw new Error('the session has no id');
  return Buffer.from(id.buffer).toString('hex');
}
