import { type ClientSession, MongoServerError } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import { failedJobId } from '../../shared/commands/queues';
import { wakeLane } from '../../shared/commands/store-beside';
import type { Context } from '../../shared/context';
import { type Models, native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { pathId } from '../http/schemas';
import { adminJob, failedExample, presentAdminJob } from './admin-job';
import { audited } from './audited';

export const retryJob = route({
  method: 'post',
  path: '/v1/admin/jobs/{jobId}/retry',
  tag: 'Admin',
  summary: 'Carry out a failed command after all',
  description:
    'It goes back to its lane as it was accepted, and is decided on what is true then: a payment for a hold that has run ' +
    'out since is refused. Only failed commands; a second retry at once is `JOB_NOT_FAILED`.',
  auth: ['admin'],
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
  async handler({ params, user }, context: ApiContext) {
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

/**
 * Gives a failed command back to its lane in one conditional write. It keeps its position: `dueAt` stays, so it runs before
 * what was accepted later.
 * @throws Problem JOB_NOT_FOUND, JOB_NOT_FAILED, HOLD_IN_PROGRESS while another unfinished one excludes it
 */
async function reviveFailed(models: Models, id: string, session?: ClientSession): Promise<CommandDoc> {
  const commands = native(models, 'commands');
  const unfinished = { status: 'accepted', finishedAt: null, problem: null, epoch: null, position: null } as const;
  const filter = { _id: id, status: 'failed' } as const;
  const revived = await commands
    .findOneAndUpdate(filter, { $set: unfinished }, { session, returnDocument: 'after' })
    .catch((error: unknown) => {
      throw error instanceof MongoServerError && error.code === 11000 ? new Problem('HOLD_IN_PROGRESS') : error;
    });
  if (revived) return revived;
  const there = await commands.findOne({ _id: id }, { session, projection: { status: 1 } });
  if (!there) throw new Problem('JOB_NOT_FOUND');
  throw new Problem('JOB_NOT_FAILED', { detail: `The job is ${there.status}.` });
}

/** Takes its failure off the board, and its first job, which keeps the id; then wakes its lane. */
async function enqueueAgain(context: Context, command: CommandDoc): Promise<void> {
  const queue = context.queues.get(command.lane);
  const forget = (id: string) => queue?.remove(id);
  await Promise.all([forget(failedJobId(command._id)), forget(command._id)]).catch((error: unknown) =>
    context.logger.debug({ command: command._id, error }, 'failed job not removed'),
  );
  await wakeLane(context, command);
}
