import type { ClientSession } from 'mongodb';
import { type Models, native } from '../../shared/models';

/** Lanes and the epochs in which this worker owns them. */
export type Epochs = ReadonlyMap<string, number>;

export interface Fences {
  /** The database's time, for the group to decide by. */
  now: Date;
  /** Lanes that are still this worker's, with the place in history where their next command goes. */
  positions: Map<string, number>;
  /** Lanes that have a newer owner. */
  lost: string[];
}

/** Reads the fences of the lanes in the group's transaction, and the database's time with them. */
export async function readFences(session: ClientSession, models: Models, epochs: Epochs): Promise<Fences> {
  const fences = await native(models, 'fences')
    .find({ _id: { $in: [...epochs.keys()] } }, { session })
    .project<{ _id: string; epoch: number; position: number; now: Date }>({ epoch: 1, position: 1, now: '$$NOW' })
    .toArray();
  const mine = fences.filter((fence) => fence.epoch === epochs.get(fence._id));
  return {
    now: fences[0]?.now ?? new Date(0),
    positions: new Map(mine.map((fence) => [fence._id, fence.position])),
    lost: [...epochs.keys()].filter((lane) => !mine.some((fence) => fence._id === lane)),
  };
}

/**
 * Moves the fences of the lanes that the group wrote for. Whoever raises a fence meanwhile writes the same document: one
 * of the two waits or is aborted, so a group commits either before the new owner begins, or never.
 * @throws when a fence is no longer the one that was read
 */
export async function moveFences(
  session: ClientSession,
  models: Models,
  epochs: Epochs,
  positions: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  const moves = Array.from(positions, ([_id, position]) => ({
    updateOne: { filter: { _id, epoch: epochs.get(_id) ?? -1 }, update: { $set: { position, touchedAt: now } } },
  }));
  const { matchedCount } = await native(models, 'fences').bulkWrite(moves, { session });
  if (matchedCount !== moves.length)
    throw new Error(`${moves.length - matchedCount} fences were raised by a newer owner`);
}
