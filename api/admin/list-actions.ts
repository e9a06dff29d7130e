import { z } from 'zod';
import { type AdminActionDoc, adminActions } from '../../shared/admin/admin-action.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { example, time } from '../http/schemas';

const action = z
  .strictObject({
    id: z.string(),
    adminId: z.string(),
    action: z.enum(adminActions),
    target: z.string().meta({ description: 'Id of what it is about, or what was looked for' }),
    at: time,
    details: z.record(z.string(), z.unknown()).meta({ description: 'What was asked for, or what changed' }),
  })
  .meta({ id: 'AdminAction' });

export const listActions = route({
  method: 'get',
  path: '/v1/admin/actions',
  tag: 'Admin',
  summary: 'Who changed what, or looked at whom, newest first',
  description:
    'Every change, stored together with the change itself; with `looks`, every look-up and export of what is about people instead, stored ' +
    'before it was answered.',
  auth: ['admin'],
  query: pageQuery.extend({
    looks: z
      .enum(['true', 'false'])
      .default('false')
      .meta({ description: '`true`: who looked, in place of who changed' }),
  }),
  responses: {
    200: {
      description: 'A page of actions.',
      content: content(pageOf(action).meta({ id: 'AdminActions' }), {
        actions: {
          items: [
            {
              id: 'act_01k9yg2w5p8r1t4v7x0z3b6d9f',
              adminId: 'user_8c6976e5b5410415bde9',
              action: 'waiting-room.limit',
              target: example.concert,
              at: '2026-11-20T19:01:30.000Z',
              details: { maxActive: { from: null, to: 500 } },
            },
          ],
          nextCursor: null,
        },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query }, { models }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.adminActions
      .find({ look: query.looks === 'true' ? true : null, ...(after && { _id: { $lt: after[0] } }) })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .hint({ look: 1, _id: -1 })
      .lean<AdminActionDoc[]>();
    return { status: 200, body: toPage(found, query.limit, presentAction, ({ _id }) => [_id]) };
  },
});

function presentAction({ _id, adminId, action, target, at, details }: AdminActionDoc) {
  return { id: _id, adminId, action, target, at: at.toISOString(), details };
}
