import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { passFence } from './pass-fence';
import type { OwnedLane } from './run-group';

/** The lane's next command, for finding out who is to blame when a group of one fails. */
export async function nextCommandId({ models }: Context, lane: string): Promise<string | null> {
  const next = await native(models, 'commands').findOne(
    { lane, status: 'accepted' },
    { sort: { dueAt: 1, _id: 1 }, projection: { _id: 1 } },
  );
  return next?._id ?? null;
}

/** Ends a command that keeps failing, behind the fence like any other outcome. The admin list shows `reason`. */
export async function failCommand(context: Context, lane: OwnedLane, commandId: string, reason: string): Promise<void> {
  const { models } = context;
  await lane.session.withTransaction(async (session) => {
    const { epoch, position, now } = await passFence(session, models, lane.name, lane.epoch, 1);
    await native(models, 'commands').updateOne(
      { _id: commandId, status: 'accepted' },
      {
        $set: {
          status: 'failed',
          finishedAt: now,
          problem: { code: 'COMMAND_FAILED', detail: reason },
          epoch,
          position,
        },
      },
      { session },
    );
  });
}
