import { z } from 'zod';
import type { KeptPlanDoc } from '../../shared/seating-plans/kept-plan.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { planExample, presentPlan, seatingPlan } from './seating-plan';

export const listPlans = route({
  method: 'get',
  path: '/v1/admin/seating-plans',
  tag: 'Admin',
  summary: 'The seating plans that are kept',
  description: 'In the order of their ids, each in its latest version, without seats.',
  auth: ['admin', 'operator', 'box-office', 'viewer'],
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of plans.',
      content: content(pageOf(seatingPlan).meta({ id: 'SeatingPlans' }), {
        plans: { items: [planExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query: { cursor, limit } }, { models }: ApiContext) {
    const after = decodeCursor(cursor, z.tuple([z.string()]));
    const found = await models.keptPlans
      .find(after ? { _id: { $gt: after[0] } } : {})
      .sort({ _id: 1 })
      .limit(limit + 1)
      .lean<KeptPlanDoc[]>();
    return { status: 200, body: toPage(found, limit, presentPlan, ({ _id }) => [_id]) };
  },
});
