import type { AdminActionKind } from '../../shared/admin/admin-action.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { inTime } from '../../shared/platform/write-deadline';
import type { User } from '../http/user';

type LookKind = Extract<AdminActionKind, `${string}.look` | 'performance.export'>;

/**
 * Records that somebody looks at what is about people, before they are answered: nobody is looked at without a trace.
 * @param target what was looked for, there or not
 * @throws LateWrite, or what MongoDB throws: then nothing may be shown
 */
export async function recordLook(
  { models, newId, clock }: Pick<Context, 'models' | 'newId' | 'clock'>,
  { id: adminId }: User,
  action: LookKind,
  target: string,
  details: Record<string, unknown> = {},
): Promise<void> {
  const record = { _id: newId('act'), adminId, action, look: true, target, at: new Date(clock.now()), details };
  await inTime(native(models, 'adminActions').insertOne(record, { writeConcern: { w: 'majority' } }));
}
