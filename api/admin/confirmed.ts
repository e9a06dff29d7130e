import type { ClientSession } from 'mongodb';
import type { ApprovalDoc } from '../../shared/admin/approval.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';

/** What one person has asked for, and another one confirms. */
export type Confirmed = Pick<ApprovalDoc, '_id' | 'askedBy'>;

/**
 * Notes in the transaction of the change itself that a second person has confirmed it: once, in time, and not the one who asked.
 * @throws Problem APPROVAL_OVER, SECOND_PERSON_REQUIRED
 */
export async function noteConfirmed(
  { models, clock }: Pick<Context, 'models' | 'clock'>,
  { _id, askedBy }: Confirmed,
  confirmedBy: string,
  session: ClientSession,
): Promise<void> {
  if (askedBy === confirmedBy) throw new Problem('SECOND_PERSON_REQUIRED');
  const now = new Date(clock.now());
  const waiting = { _id, askedBy, status: 'waiting' as const, expiresAt: { $gt: now } };
  const decided = { status: 'confirmed' as const, decidedBy: confirmedBy, decidedAt: now };
  const { matchedCount } = await native(models, 'approvals').updateOne(waiting, { $set: decided }, { session });
  if (matchedCount === 0) throw new Problem('APPROVAL_OVER');
}
