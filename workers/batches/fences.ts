import type { ClientSession } from 'mongodb';
import type { FenceDoc } from '../../shared/lanes/lane.model';
import { type Models, native } from '../../shared/models';
import { write } from './write-batch';

/** Lanes and the epochs in which this worker owns them. */
export type Epochs = ReadonlyMap<string, number>;

type FenceNow = Pick<FenceDoc, '_id' | 'epoch' | 'position'> & { now: Date };

export interface Fences {
  /** The database's time, for the batch to decide by. */
  now: Date;
  /** Lanes that are still this worker's, with the place in history where their next command goes. */
  positions: Map<string, number>;
  /** Lanes that have a newer owner. */
  lost: string[];
}

/**
 * Moves the fences of the lanes that the batch wrote for. Whoever raises a fence meanwhile writes the same document: one
 * of the two waits or is aborted, so a batch commits either before the new owner begins, or never.
 * @throws OutOfDate when a fence has been raised by a newer owner, or has moved since it was read
 */
export async function moveFences(
  session: ClientSession,
  models: Models,
  epochs: Epochs,
  from: ReadonlyMap<string, number>,
  to: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  const moves = Array.from(to, ([_id, position]) => ({
    q: { _id, epoch: epochs.get(_id) ?? -1, position: from.get(_id) ?? -1 },
    u: { $set: { position, touchedAt: now } },
  }));
  await write(session, models, 'fences', moves);
}

/** Reads where the lanes' histories end, in a transaction that will move their fences, and the database's time. */
export async function readFences(session: ClientSession, models: Models, epochs: Epochs): Promise<Fences> {
  const fences = await native(models, 'fences')
    .find({ _id: { $in: [...epochs.keys()] } }, { session })
    .project<FenceNow>({ epoch: 1, position: 1, now: '$$NOW' })
    .toArray();
  return checkFences(fences, fences[0]?.now ?? new Date(0), epochs);
}

/** What of the lanes that were read is still this worker's. */
export function checkFences(
  fences: readonly Pick<FenceDoc, '_id' | 'epoch' | 'position'>[],
  now: Date,
  epochs: Epochs,
): Fences {
  const mine = fences.filter((fence) => fence.epoch === epochs.get(fence._id));
  return {
    now,
    positions: new Map(mine.map((fence) => [fence._id, fence.position])),
    lost: [...epochs.keys()].filter((lane) => !mine.some((fence) => fence._id === lane)),
  };
}
