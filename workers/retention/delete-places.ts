import { setTimeout as sleep } from 'node:timers/promises';
import { type Models, native } from '../../shared/models';
import { derivedId } from '../../shared/platform/ids';

/** Places looked at together. */
const batchSize = 200;

/**
 * Deletes places on standby that ended before a time, with the commands and the unpaid hold of the offer: their ids are of the time
 * of the joining, which may be months earlier, so that walks by id have passed them. By an index, since few ever wait.
 * @param rest called after each part with how long it took, ms
 */
export async function deletePlaces(
  models: Models,
  before: Date,
  rest: (tookMs: number) => Promise<unknown> = sleep,
): Promise<number> {
  const entries = native(models, 'standbyEntries');
  for (let deleted = 0; ; ) {
    const began = performance.now();
    const found = await entries
      .find({ endedAt: { $gt: new Date(0), $lt: before } }, { projection: { _id: 1, commandId: 1 } })
      .sort({ endedAt: 1 })
      .limit(batchSize)
      .toArray();
    if (found.length === 0) return deleted;
    const made = (prefix: string) => found.map(({ commandId }) => derivedId(prefix, commandId));
    const final = { status: { $in: ['done' as const, 'refused' as const, 'skipped' as const] } };
    await native(models, 'commands').deleteMany({ _id: { $in: [...made('expire'), ...made('offer')] }, ...final });
    await native(models, 'holds').deleteMany({
      ...{ _id: { $in: made('hold') }, status: { $in: ['released', 'expired'] } },
    });
    const { deletedCount } = await entries.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
    deleted += deletedCount;
    await rest(performance.now() - began);
  }
}
