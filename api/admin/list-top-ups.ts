import { z } from 'zod';
import { type TopUpDoc, topUpStatuses } from '../../shared/top-ups/top-up.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { adminTopUp, heldExample, presentAdminTopUp } from './admin-top-up';

export const listTopUps = route({
  method: 'get',
  path: '/v1/admin/top-ups',
  tag: 'Admin',
  summary: 'Top-ups of one status, newest first',
  description: 'Those that are `held` wait for you: they were paid otherwise than asked, or the wallet took no more.',
  auth: ['admin', 'box-office'],
  query: pageQuery.extend({ status: z.enum(topUpStatuses).default('held') }),
  responses: {
    200: {
      description: 'A page of top-ups.',
      content: content(pageOf(adminTopUp).meta({ id: 'AdminTopUps' }), {
        held: { items: [heldExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query: { status, cursor, limit } }, { models }: ApiContext) {
    const after = decodeCursor(cursor, z.tuple([z.string()]));
    const found = await models.topUps
      .find({ status, ...(after && { _id: { $lt: after[0] } }) })
      .sort({ _id: -1 })
      .limit(limit + 1)
      .lean<TopUpDoc[]>();
    return { status: 200, body: toPage(found, limit, presentAdminTopUp, ({ _id }) => [_id]) };
  },
});
