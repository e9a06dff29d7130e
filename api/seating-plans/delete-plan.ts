import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { audited } from '../admin/audited';
import type { ApiContext } from '../context';
import { route } from '../http/route';
import { planPath } from './seating-plan';
import { deleteSeats } from './store-plan';

export const deletePlan = route({
  method: 'delete',
  path: '/v1/admin/seating-plans/{planId}',
  tag: 'Admin',
  summary: 'Delete a seating plan',
  description: 'Only while no date was made from it, in any version: after that it says what was sold there.',
  auth: ['admin'],
  params: planPath,
  responses: { 204: { description: 'It is gone.' } },
  errors: ['SEATING_PLAN_NOT_FOUND', 'SEATING_PLAN_IN_USE', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { planId }, user }, context: ApiContext) {
    const { models } = context;
    const action = { adminId: user.id, action: 'seating-plan.delete', target: planId } as const;
    await audited(context, action, async (session) => {
      // A date that is made at the same moment writes the same document: one of the two is begun anew, and sees the other.
      const plan = await native(models, 'keptPlans').findOneAndDelete({ _id: planId }, { session });
      if (!plan) throw new Problem('SEATING_PLAN_NOT_FOUND');
      if (plan.usedVersion !== null) throw new Problem('SEATING_PLAN_IN_USE');
      await deleteSeats(models, plan, session);
      const { title, version, seatsTotal } = plan;
      return { value: null, details: { title, version, seatsTotal } };
    });
    return { status: 204 };
  },
});
