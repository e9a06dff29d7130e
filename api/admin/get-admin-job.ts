import type { CommandDoc } from '../../shared/commands/command.model';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { adminJob, failedExample, presentAdminJob } from './admin-job';

export const getAdminJob = route({
  method: 'get',
  path: '/v1/admin/jobs/{jobId}',
  tag: 'Admin',
  summary: "Anybody's command",
  description: "The product's own commands too, such as the expiry of a hold.",
  auth: ['admin', 'operator', 'box-office'],
  params: pathId('jobId', 'job'),
  responses: { 200: { description: 'The command.', content: content(adminJob, { failed: failedExample }) } },
  errors: ['JOB_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params }, { models }: ApiContext) {
    const command = await models.commands.findById(params.jobId).lean<CommandDoc>();
    if (!command) throw new Problem('JOB_NOT_FOUND');
    return { status: 200, body: presentAdminJob(command) };
  },
});
