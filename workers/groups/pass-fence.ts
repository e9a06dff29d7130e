import type { ClientSession } from 'mongodb';
import { type Models, native } from '../../shared/models';
import type { Place } from './write-group';

/** Thrown to an owner whose lane has a newer one: it must stop at once, and its transaction is given up. */
export class LaneLost extends Error {}

/**
 * Matches and touches the lane's fence in the group's transaction, which shuts out every other epoch until the commit.
 * Answers the database's time, for the group to decide by, and its place in the lane's history.
 * @throws LaneLost
 */
export async function passFence(
  session: ClientSession,
  models: Models,
  lane: string,
  epoch: number,
  size: number,
): Promise<Place> {
  const fence = await native(models, 'fences').findOneAndUpdate(
    { _id: lane, epoch },
    [{ $set: { touchedAt: '$$NOW', position: { $add: ['$position', size] } } }],
    { session, returnDocument: 'before', projection: { position: 1, now: '$$NOW' } },
  );
  if (!fence) throw new LaneLost(`${lane} has an owner newer than epoch ${epoch}`);
  return { epoch, position: fence.position, now: (fence as unknown as { now: Date }).now };
}
