import { type ClientSession, MongoServerError } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import { failedJobId } from '../../shared/commands/queues';
import type { Context } from '../../shared/context';
import { type Models, native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';

/**
 * Gives a failed command back to its lane in one conditional write. It keeps its place: `dueAt` stays, so it runs before
 * what was accepted later.
 * @throws Problem JOB_NOT_FOUND, JOB_NOT_FAILED, HOLD_IN_PROGRESS while another unfinished one excludes it
 */
export async function reviveFailed(models: Models, id: string, session?: ClientSession): Promise<CommandDoc> {
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

/**
 * Enqueues a revived command, and takes its failure off the board. Promptness only: whatever fails here, the lane finds
 * the command by itself.
 */
export async function enqueueAgain({ queues, logger }: Context, command: CommandDoc): Promise<void> {
  try {
    await queues.get(command.lane)?.remove(failedJobId(command._id));
    await queues.get(command.lane)?.add(command.kind, { retried: true }, { jobId: command._id });
  } catch (error) {
    logger.warn({ command: command._id, error }, 'job not enqueued; its lane will find it');
  }
}
