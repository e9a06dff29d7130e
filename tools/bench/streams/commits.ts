import type { ChangeStreamUpdateDocument } from 'mongodb';
import type { SeatDoc } from '../../../shared/concerts/seat.model';
import { type Models, native } from '../../../shared/models';

/** When MongoDB committed the last change of each seat (ms since 1970, by its log). */
export interface Commits {
  at: Map<string, number>;
  close(): Promise<void>;
}

export async function followCommits(models: Models): Promise<Commits> {
  const at = new Map<string, number>();
  const stream = native(models, 'seats').watch<SeatDoc, ChangeStreamUpdateDocument<SeatDoc>>([
    { $match: { operationType: 'update' } },
  ]);
  stream.on('change', ({ documentKey, wallTime }) => {
    if (wallTime) at.set(documentKey._id, wallTime.getTime());
  });
  await new Promise<void>((resolve) => stream.once('resumeTokenChanged', () => resolve()));
  return { at, close: () => stream.close() };
}
