import type { CommandDoc } from '../../shared/commands/command.model';
import { content } from '../http/content';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { adminJob, failedExample, presentAdminJob } from './admin-job';
import { audited } from './audited';
import { enqueueAgain, reviveFailed } from './retry-failed';

export const retryJob = route({
  method: 'post',
  path: '/v1/admin/jobs/{jobId}/retry',
  tag: 'Admin',
  summary: 'Carry out a failed command after all',
  description:
    'It goes back to its lane as it was accepted, and is decided on what is true then: a payment for a hold that has run ' +
    'out since is refused. Only failed commands; a second retry at once is `JOB_NOT_FAILED`.',
  auth: 'admin',
  params: pathId('jobId', 'job'),
  responses: {
    202: {
      description: 'Accepted again.',
      content: content(adminJob, {
        accepted: { ...failedExample, status: 'accepted', finishedAt: null, reason: null },
      }),
      headers: { Location: 'Where the command is: `/v1/admin/jobs/{id}`' },
    },
  },
  errors: ['JOB_NOT_FOUND', 'JOB_NOT_FAILED', 'HOLD_IN_PROGRESS', 'SERVICE_UNAVAILABLE'],
  async handler({ params, user }, context) {
    const action = { adminId: user.id, action: 'job.retry', target: params.jobId } as const;
    const command = await audited<CommandDoc>(context, action, async (session) => {
      const value = await reviveFailed(context.models, params.jobId, session);
      return { value, details: { kind: value.kind, lane: value.lane, userId: value.userId } };
    });
    await enqueueAgain(context, command);
    return {
      status: 202,
      headers: { Location: `/v1/admin/jobs/${command._id}` },
      body: presentAdminJob(command),
    };
  },
});
