import type { ClientSession } from 'mongodb';
import { commandKinds } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { CommandOutcome } from '../../shared/commands/outcome-channel';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { type Epochs, moveFences, readFences } from './fences';

/** The command that a batch of one, which read what is due from then on, has failed for. Never one that this version does not know. */
export function nextCommand(
  { models }: Context,
  lanes: string[],
  since: Date,
): Promise<Pick<CommandDoc, '_id' | 'kind' | 'lane' | 'userId' | 'payload' | 'requestId'> | null> {
  return native(models, 'commands').findOne(
    { lane: { $in: lanes }, status: 'accepted', dueAt: { $gte: since }, kind: { $in: commandKinds } },
    { sort: { dueAt: 1, _id: 1 }, projection: { kind: 1, lane: 1, userId: 1, payload: 1, requestId: 1 } },
  );
}

/**
 * Ends a command that keeps failing, behind the fence like any other outcome. The admin list shows `reason`.
 * @returns its outcome; null when the lane is lost or the command is final: then nothing was done
 */
export async function failCommand(
  { models }: Context,
  session: ClientSession,
  epochs: Epochs,
  { _id, lane, userId }: Pick<CommandDoc, '_id' | 'lane' | 'userId'>,
  reason: string,
): Promise<CommandOutcome | null> {
  const epoch = epochs.get(lane) ?? -1;
  return session.withTransaction(async () => {
    const { now, positions } = await readFences(session, models, new Map([[lane, epoch]]));
    const position = positions.get(lane);
    if (position === undefined) return null;
    const problem = { code: 'COMMAND_FAILED' as const, detail: reason };
    const final = { status: 'failed' as const, finishedAt: now, problem };
    const { modifiedCount } = await native(models, 'commands').updateOne(
      { _id, status: 'accepted' },
      { $set: { ...final, epoch, position } },
      { session },
    );
    if (modifiedCount === 0) return null;
    await moveFences(session, models, epochs, positions, new Map([[lane, position + 1]]), now);
    return { _id, userId, result: null, ...final };
  });
}
