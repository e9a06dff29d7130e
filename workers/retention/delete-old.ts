import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../shared/context';
import { type CollectionName, native } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import { idAt } from '../../shared/platform/ids';
import { deletePlaces } from './delete-places';

/** Documents whose ids increase with time, and which of them have ended before a time and may go. */
interface Kept {
  collection: CollectionName;
  prefix: string;
  /** 0: for ever. */
  days(config: Config): number;
  ended(before: Date): object;
  /** The field of the horizon, by which the audit knows what may be gone. */
  horizon?: 'commandsBefore' | 'holdsBefore';
}

/** Commands that brought money in from outside, or took it back, are kept with the books: what they say stands nowhere else. */
const finished = (before: Date) => ({
  ...{ status: { $in: ['done', 'refused', 'skipped'] }, finishedAt: { $lt: before } },
  ...{ kind: { $ne: 'points.reverse' }, 'payload.topUpId': { $exists: false }, 'payload.actionId': { $exists: false } },
});
const commands = { collection: 'commands', ended: finished, horizon: 'commandsBefore' } as const;

/**
 * Point entries, payments, reservations and paid holds are the books, and stay for ever. So do failed commands, which wait for an
 * admin, and what had not ended when the walk came by.
 */
const all: readonly Kept[] = [
  { ...commands, prefix: 'job', days: ({ KEEP_COMMANDS_DAYS }) => KEEP_COMMANDS_DAYS },
  { ...commands, prefix: 'expire', days: ({ KEEP_COMMANDS_DAYS }) => KEEP_COMMANDS_DAYS },
  {
    ...{ collection: 'holds', prefix: 'hold', days: ({ KEEP_HOLDS_DAYS }) => KEEP_HOLDS_DAYS, horizon: 'holdsBefore' },
    ended: (before) => ({ status: { $in: ['released', 'expired'] }, endedAt: { $lt: before } }),
  },
  {
    ...{ collection: 'blocks', prefix: 'block', days: ({ KEEP_COMMANDS_DAYS }) => KEEP_COMMANDS_DAYS },
    ended: (before) => ({ freedAt: { $lt: before } }),
  },
  {
    ...{ collection: 'adminActions', prefix: 'act', days: ({ KEEP_ADMIN_ACTIONS_DAYS: days }) => days },
    // Charges by cashiers, and what was given away, are of the books.
    ended: (before) => ({ at: { $lt: before }, action: { $nin: ['points.charge', 'reservation.issue'] } }),
  },
  {
    ...{ collection: 'approvals', prefix: 'appr', days: ({ KEEP_ADMIN_ACTIONS_DAYS: days }) => days },
    ended: (before) => ({ at: { $lt: before } }),
  },
];

const dayMs = 86_400_000;
/** Documents looked at together. */
const batchSize = 200;
/** Of its time a walk works at most a tenth, so it takes no more than that from a sale, and less when MongoDB is slow. */
const pausePart = 9;

export const retentionId = 'retention';

/**
 * Deletes what has ended long enough ago, a little at a time, and goes on where the last walk ended. Ids increase with time, so
 * no index is needed that a sale would have to write.
 * @returns how many documents of each collection have gone
 */
export async function deleteOld(
  { models, clock, config }: Pick<Context, 'models' | 'clock' | 'config'>,
  signal: AbortSignal,
): Promise<Partial<Record<CollectionName, number>>> {
  const schedules = native(models, 'schedules');
  const deleted: Partial<Record<CollectionName, number>> = {};
  for (const { collection, prefix, days, ended, horizon } of all) {
    if (days(config) === 0) continue;
    const before = new Date(clock.now() - days(config) * dayMs);
    // First: an audit that finds something gone must know that it may be.
    if (horizon) await schedules.updateOne({ _id: retentionId }, { $max: { [horizon]: before } }, { upsert: true });
    const schedule = await schedules.findOne({ _id: retentionId });
    let last = schedule?.walked?.[prefix] ?? `${prefix}_`;
    const documents = native(models, collection);
    for (;;) {
      const began = performance.now();
      const found = await documents
        .find({ _id: { $gt: last, $lt: idAt(prefix, before.getTime()) } } as object, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(batchSize)
        .toArray();
      const ids = found.map(({ _id }) => String(_id));
      last = ids.at(-1) ?? last;
      if (ids.length === 0) break;
      const { deletedCount } = await documents.deleteMany({ _id: { $in: ids }, ...ended(before) } as object);
      deleted[collection] = (deleted[collection] ?? 0) + deletedCount;
      await schedules.updateOne({ _id: retentionId }, { $set: { [`walked.${prefix}`]: last } }, { upsert: true });
      await sleep(Math.ceil((performance.now() - began) * pausePart), undefined, { signal });
    }
  }
  if (config.KEEP_HOLDS_DAYS > 0) {
    const { holdsBefore } = (await schedules.findOne({ _id: retentionId })) ?? {};
    const rest = (tookMs: number) => sleep(Math.ceil(tookMs * pausePart), undefined, { signal });
    const places = await deletePlaces(models, holdsBefore ?? new Date(0), rest);
    if (places > 0) deleted.standbyEntries = places;
  }
  return deleted;
}
