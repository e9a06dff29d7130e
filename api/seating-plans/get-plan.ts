import { z } from 'zod';
import { Problem } from '../../shared/platform/errors';
import type { KeptPlanDoc, PlannedSeat } from '../../shared/seating-plans/kept-plan.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { importedSeat } from './plan-seat';
import { planExample, planPath, presentPlan, seatExamples, seatingPlan } from './seating-plan';
import { readPlannedSeats } from './store-plan';

const whole = z.strictObject({ ...seatingPlan.shape, seats: z.array(importedSeat) }).meta({ id: 'WholeSeatingPlan' });

const maxTries = 3;

export const getPlan = route({
  method: 'get',
  path: '/v1/admin/seating-plans/{planId}',
  tag: 'Admin',
  summary: 'A seating plan with all of its seats',
  description: 'In its latest version; the seats in order, as they can be imported again.',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  params: planPath,
  responses: {
    200: {
      description: 'The plan.',
      content: content(whole, { plan: { ...planExample, seats: seatExamples } }),
    },
  },
  errors: ['SEATING_PLAN_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params }, { models }: ApiContext) {
    for (let tries = 1; ; tries += 1) {
      const plan = await models.keptPlans.findById(params.planId).lean<KeptPlanDoc>();
      if (!plan) throw new Problem('SEATING_PLAN_NOT_FOUND');
      const seats: Omit<PlannedSeat, 'key'>[] = [];
      for await (const { key, ...seat } of readPlannedSeats(models, plan)) seats.push(seat);
      // Fewer: the version was replaced between the two reads.
      if (seats.length === plan.seatsTotal || tries === maxTries)
        return { status: 200, body: { ...presentPlan(plan), seats } };
    }
  },
});
