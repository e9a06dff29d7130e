import { isDeepStrictEqual } from 'node:util';
import type { AdminActionDoc } from '../../shared/admin/admin-action.model';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import type { User } from '../http/user';
import { audited } from './audited';

/**
 * Changes a date and records who did it and what it was before. A request that changes nothing leaves no record.
 * The caller then outdates what workers remember of it, also when nothing changed: the process that did it may have died.
 * @param decide what to change, given the date as it is; may run several times; may throw to refuse
 * @throws Problem PERFORMANCE_NOT_FOUND
 */
export async function changePerformance(
  context: ApiContext,
  user: User,
  action: AdminActionDoc['action'],
  performanceId: string,
  decide: (performance: PerformanceDoc) => Partial<PerformanceDoc>,
): Promise<PerformanceDoc> {
  const performances = native(context.models, 'performances');
  const changed = await audited(context, { adminId: user.id, action, target: performanceId }, async (session) => {
    const before = await performances.findOne({ _id: performanceId }, { session });
    if (!before) throw new Problem('PERFORMANCE_NOT_FOUND');
    const changes = Object.entries(decide(before)).filter(
      ([field, value]) => !isDeepStrictEqual(before[field as keyof PerformanceDoc] ?? null, value),
    );
    if (changes.length === 0) return { value: before, details: null };
    const fields = Object.fromEntries(changes);
    await performances.updateOne({ _id: performanceId }, { $set: fields }, { session });
    const details = Object.fromEntries(
      changes.map(([field, to]) => [field, { from: before[field as keyof PerformanceDoc] ?? null, to }]),
    );
    return { value: { ...before, ...fields } as PerformanceDoc, details };
  });
  context.dates.drop(changed.concertId);
  return changed;
}
