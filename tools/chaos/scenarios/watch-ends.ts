import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeStreamUpdateDocument } from 'mongodb';
import type { HoldDoc } from '../../../shared/holds/hold.model';
import { type Models, native } from '../../../shared/models';

/** Long enough for the last events to come. */
const settleMs = 1000;

/**
 * Measures when holds really end: the time at which their end was committed, as MongoDB's change stream tells it.
 * `close` answers how many milliseconds after its time each hold ended.
 */
export function watchEnds(models: Models): { close(): Promise<number[]> } {
  const ended: { id: string; at: number }[] = [];
  const match = { operationType: 'update', 'updateDescription.updatedFields.status': 'expired' };
  const stream = native(models, 'holds').watch<HoldDoc, ChangeStreamUpdateDocument<HoldDoc>>([{ $match: match }]);
  stream.on('change', ({ documentKey, wallTime }) => {
    ended.push({ id: String(documentKey._id), at: wallTime?.getTime() ?? 0 });
  });
  return {
    async close() {
      await sleep(settleMs);
      await stream.close();
      const holds = await native(models, 'holds')
        .find({}, { projection: { expiresAt: 1 } })
        .toArray();
      const endOf = new Map(holds.map(({ _id, expiresAt }) => [_id, expiresAt.getTime()]));
      return ended.map(({ id, at }) => at - (endOf.get(id) ?? 0));
    },
  };
}
