import { type Models, native } from '../models';
import { inTime } from '../platform/write-deadline';

/**
 * To be called after a change of what workers remember and no lane owns: once it answers, no batch commits that was decided on
 * what was true before. Each batch writes the fences of its lanes, by an update that names where their histories end. This
 * moves them all on by one place, which no command has: what is in flight or remembered is out of date, and is read anew.
 * @throws LateWrite
 */
export async function outdateBatches(models: Models): Promise<void> {
  const options = { writeConcern: { w: 'majority' as const } };
  await inTime(native(models, 'fences').updateMany({}, { $inc: { position: 1 } }, options));
}
