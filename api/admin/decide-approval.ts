import { z } from 'zod';
import type { ApprovableAction, ApprovalDoc } from '../../shared/admin/approval.model';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content, demandRole } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import type { Roles } from '../http/roles';
import { route } from '../http/route';
import type { User } from '../http/user';
import { approval, presentApproval, waitingApproval } from './approvals';
import { audited } from './audited';
import { callOffNow, callOffRoles } from './call-off-performance';
import type { Confirmed } from './confirmed';
import { resetNow } from './reset-room';
import { roomEndpoint } from './room-settings';

type Execute = (
  context: ApiContext,
  user: User,
  asked: Pick<ApprovalDoc, 'target' | 'request'>,
  confirmed?: Confirmed,
) => Promise<unknown>;

/** Who may decide about what: those who may ask for it; and how it is done then. */
const approvable: Record<ApprovableAction, { roles: Roles; execute: Execute }> = {
  'waiting-room.reset': {
    roles: roomEndpoint.auth,
    execute: (context, user, { target, request: { epoch } }, confirmed) =>
      resetNow(context, user, target, Number(epoch), confirmed),
  },
  'performance.cancel': {
    roles: callOffRoles,
    execute: (context, user, { target, request: { reason } }, confirmed) =>
      callOffNow(context, user, target, String(reason), confirmed),
  },
};

const base = { tag: 'Admin', auth: ['admin', 'operator'] } as const;
const one = {
  ...base,
  method: 'post',
  params: z.strictObject({ approvalId: z.string().min(1).max(80).meta({ example: waitingApproval.id }) }),
} as const;
const done = { ...waitingApproval, decidedBy: 'user_5a1f0c3b9d7e2846f0a1', decidedAt: '2026-11-20T19:02:00.000Z' };

export const listApprovals = route({
  ...base,
  method: 'get',
  path: '/v1/admin/approvals',
  summary: 'What waits for a second person, and what became of it',
  description:
    'Newest first. Where `TWO_PEOPLE` is set, resetting a queue and calling a date off wait here until another person than the one who ' +
    'asked confirms them.',
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of requests.',
      content: content(pageOf(approval).meta({ id: 'Approvals' }), {
        waiting: { items: [waitingApproval], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query }, { models, clock }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.approvals
      .find(after ? { _id: { $lt: after[0] } } : {})
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean<ApprovalDoc[]>();
    const present = (doc: ApprovalDoc) => presentApproval(doc, clock.now());
    return { status: 200, body: toPage(found, query.limit, present, ({ _id }) => [_id]) };
  },
});

export const confirmApproval = route({
  ...one,
  path: '/v1/admin/approvals/{approvalId}/confirmation',
  summary: 'Confirm, as the second person',
  description:
    'Does what was asked for, in the transaction that notes it. Never by the person who asked, with whatever token; both are named in ' +
    'the admin actions. The same again by whoever confirmed answers the same.',
  responses: {
    200: { description: 'Done.', content: content(approval, { confirmed: { ...done, status: 'confirmed' as const } }) },
  },
  errors: ['APPROVAL_NOT_FOUND', 'APPROVAL_OVER', 'SECOND_PERSON_REQUIRED', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { approvalId }, user }, context: ApiContext) {
    const doc = await readApproval(context, user, approvalId);
    if (doc.askedBy === user.id) throw new Problem('SECOND_PERSON_REQUIRED');
    // A repeat completes what a crash may have left: once done, it changes nothing.
    const isRepeat = doc.status === 'confirmed' && doc.decidedBy === user.id;
    await approvable[doc.action].execute(context, user, doc, isRepeat ? undefined : doc);
    return { status: 200, body: presentApproval(await readApproval(context, user, approvalId), context.clock.now()) };
  },
});

export const rejectApproval = route({
  ...one,
  path: '/v1/admin/approvals/{approvalId}/rejection',
  summary: 'Reject, or take back',
  description: 'Nothing is done. By anybody who may ask for it, also by who asked.',
  responses: {
    200: {
      description: 'Rejected.',
      content: content(approval, { rejected: { ...done, status: 'rejected' as const } }),
    },
  },
  errors: ['APPROVAL_NOT_FOUND', 'APPROVAL_OVER', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { approvalId: _id }, user }, context: ApiContext) {
    const { models, clock } = context;
    const { target } = await readApproval(context, user, _id);
    await audited(context, { adminId: user.id, action: 'approval.reject', target }, async (session) => {
      const at = new Date(clock.now());
      const decided = { status: 'rejected' as const, decidedBy: user.id, decidedAt: at };
      const waiting = { _id, status: 'waiting' as const, expiresAt: { $gt: at } };
      const { matchedCount } = await native(models, 'approvals').updateOne(waiting, { $set: decided }, { session });
      if (matchedCount === 0) throw new Problem('APPROVAL_OVER');
      return { value: null, details: { approvalId: _id } };
    });
    return { status: 200, body: presentApproval(await readApproval(context, user, _id), clock.now()) };
  },
});

/** Of the primary, since it may have been written a moment ago. @throws Problem APPROVAL_NOT_FOUND, FORBIDDEN */
async function readApproval({ models }: ApiContext, user: User, id: string): Promise<ApprovalDoc> {
  const found = await models.approvals.findById(id).lean<ApprovalDoc>();
  if (!found) throw new Problem('APPROVAL_NOT_FOUND');
  demandRole(approvable[found.action].roles, user);
  return found;
}
