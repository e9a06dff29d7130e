import type { ClientSession } from 'mongodb';
import { ownKey, storeBeside, wakeLane } from '../../shared/commands/store-beside';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { adminTopUp, heldExample, presentAdminTopUp } from './admin-top-up';
import { audited } from './audited';

export const refundTopUp = route({
  method: 'post',
  path: '/v1/admin/top-ups/{topUpId}/refund',
  tag: 'Admin',
  summary: 'Give the money of a top-up back',
  description:
    'Of one that is `settled`, the points are taken first, and nothing happens unless all of them are still there: it is ' +
    '`settled` again then, with the reason. Of one that is `held`, no points came. A worker asks the provider, until it is done.',
  auth: ['admin'],
  params: pathId('topUpId', 'topup'),
  responses: {
    202: {
      description: 'On its way; or it was before.',
      content: content(adminTopUp, { refunding: { ...heldExample, status: 'refunding' } }),
    },
  },
  errors: ['TOP_UP_NOT_FOUND', 'TOP_UP_NOT_REFUNDABLE', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { topUpId }, user }, context: ApiContext) {
    const action = { adminId: user.id, action: 'top-up.refund', target: topUpId } as const;
    const { topUp, command } = await audited(context, action, (session) => beginRefund(context, session, topUpId));
    if (command) await wakeLane(context, command);
    return { status: 202, body: presentAdminTopUp(topUp) };
  },
});

async function beginRefund(context: ApiContext, session: ClientSession, topUpId: string) {
  const topUps = native(context.models, 'topUps');
  const topUp = await topUps.findOne({ _id: topUpId }, { session });
  if (!topUp) throw new Problem('TOP_UP_NOT_FOUND');
  const { status, userId, amount, takenBack, polls } = topUp;
  if (status === 'refunding' || status === 'refunded') return { value: { topUp, command: null }, details: null };
  const isWhole = takenBack.refunded + takenBack.disputed === 0;
  if (!['settled', 'held'].includes(status) || !isWhole)
    throw new Problem('TOP_UP_NOT_REFUNDABLE', {
      detail: `The top-up is ${status}${isWhole ? '' : ', and not whole'}.`,
    });
  if (status === 'settled') context.kindGate.check('points.reverse');
  const now = context.clock.now();
  const set: Partial<TopUpDoc> = { status: 'refunding', pollAt: new Date(now), polls: 0, reason: null };
  // Asked for anew after one that was refused, it is another command.
  const key = ownKey('refund', topUpId, String(polls), String(now));
  const payload = { amount, topUpId, whole: true };
  const stored =
    status === 'settled' ? await storeBeside(context, session, { kind: 'points.reverse', payload, userId, key }) : null;
  if (stored) Object.assign(set, { reversalId: stored.command._id, reversed: amount });
  await topUps.updateOne({ _id: topUpId }, { $set: set }, { session });
  const details = { userId, amount, price: topUp.paid?.price, currency: topUp.paid?.currency };
  return { value: { topUp: { ...topUp, ...set }, command: stored?.command ?? null }, details };
}
