import { z } from 'zod';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { decodeCursor, pageOf, pageQuery, toPage } from '../http/paging';
import { route } from '../http/route';
import { adminJob, failedExample, presentAdminJob } from './admin-job';

export const listFailedJobs = route({
  method: 'get',
  path: '/v1/admin/failed-jobs',
  tag: 'Admin',
  summary: 'Commands that failed, newest first',
  description: 'Failed for a reason of ours, after all tries. Each waits for a retry; a refusal is no failure.',
  auth: ['admin', 'operator'],
  query: pageQuery,
  responses: {
    200: {
      description: 'A page of failed commands.',
      content: content(pageOf(adminJob).meta({ id: 'FailedJobs' }), {
        failed: { items: [failedExample], nextCursor: null },
      }),
    },
  },
  errors: ['SERVICE_UNAVAILABLE'],
  async handler({ query }, { models }: ApiContext) {
    const after = decodeCursor(query.cursor, z.tuple([z.string()]));
    const found = await models.commands
      .find({ status: 'failed', ...(after && { _id: { $lt: after[0] } }) })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean<CommandDoc[]>();
    return { status: 200, body: toPage(found, query.limit, presentAdminJob, ({ _id }) => [_id]) };
  },
});
