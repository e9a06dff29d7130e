import { z } from 'zod';
import { type ApprovalDoc, approvableActions, approvalStatuses } from '../../shared/admin/approval.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { example, time } from '../http/schemas';
import type { User } from '../http/user';
import { audited } from './audited';

/** What one person has asked for, and a second one confirms or rejects. */
export const approval = z
  .strictObject({
    id: z.string(),
    action: z.enum(approvableActions),
    target: z.string().meta({ description: 'Id of the concert or performance' }),
    request: z.record(z.string(), z.unknown()).meta({ description: 'What was asked for' }),
    askedBy: z.string(),
    askedAt: time,
    expiresAt: time,
    status: z.enum(approvalStatuses),
    decidedBy: z.string().nullable(),
    decidedAt: time.nullable(),
  })
  .meta({ id: 'Approval' });

export const waitingApproval = {
  ...{ id: 'appr_01k9yg2w5p8r1t4v7x0z3b6d9f', action: 'waiting-room.reset' as const, target: example.concert },
  ...{ request: { epoch: 1 }, askedBy: 'user_8c6976e5b5410415bde9', askedAt: '2026-11-20T19:00:00.000Z' },
  ...{ expiresAt: '2026-11-20T19:15:00.000Z', status: 'waiting' as const, decidedBy: null, decidedAt: null },
};

export function presentApproval(doc: ApprovalDoc, now: number) {
  const { _id: id, action, target, request, askedBy, at, expiresAt, decidedBy, decidedAt } = doc;
  const status = doc.status === 'waiting' && expiresAt.getTime() <= now ? ('expired' as const) : doc.status;
  return {
    ...{ id, action, target, request, askedBy, status, decidedBy },
    ...{ askedAt: at.toISOString(), expiresAt: expiresAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null },
  };
}

/**
 * Stores what was asked for until a second person confirms it. What waits already is left as it is, whoever asks again: asking twice
 * is no confirmation.
 */
export async function askSecondPerson(
  context: Context,
  user: User,
  asked: Pick<ApprovalDoc, 'action' | 'target' | 'request'>,
): Promise<ApprovalDoc> {
  const { models, clock, config, newId } = context;
  const approvals = native(models, 'approvals');
  const { action, target } = asked;
  return audited<ApprovalDoc>(context, { adminId: user.id, action: 'approval.ask', target }, async (session) => {
    const at = new Date(clock.now());
    const waiting = { action, target, status: 'waiting' as const };
    const ended = { ...waiting, expiresAt: { $lte: at } };
    await approvals.updateMany(ended, { $set: { status: 'expired' } }, { session });
    const there = await approvals.findOne(waiting, { session });
    if (there) return { value: there, details: null };
    const expiresAt = new Date(at.getTime() + config.TWO_PEOPLE_MINUTES * 60_000);
    const value = {
      ...{ _id: newId('appr'), ...asked, askedBy: user.id, at, expiresAt },
      ...{ status: 'waiting' as const, decidedBy: null, decidedAt: null },
    };
    await approvals.insertOne(value, { session });
    return { value, details: { approvalId: value._id, ...asked } };
  });
}
