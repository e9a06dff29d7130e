import { blockCommands, jobsOf } from '../../shared/blocks/block-commands';
import type { PayloadOf } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { type Models, native } from '../../shared/models';
import { seats as hall } from './hall';
import type { System } from './system';

/** What an operator's endpoints do to block seats and to free them, on any kind of store. */
export function blocksOf(
  context: Pick<Context, 'models' | 'config' | 'clock' | 'newId'>,
): Pick<System, 'block' | 'freeBlock'> {
  const { models, newId, clock } = context;
  const seatsOf = (seatIds: readonly string[]) => hall.filter(({ _id }) => seatIds.includes(_id));
  return {
    async block(performanceId, seatIds, size) {
      const [_id, at] = [newId('block'), new Date(clock.now())];
      const block = { _id, performanceId, userId: 'admin' };
      const commands = blockCommands(context, 'seat.block', block, seatsOf(seatIds), at, size);
      await native(models, 'blocks').insertOne({
        ...{ _id, performanceId, reason: 'why not', channel: null, by: 'admin', at, key: _id, fingerprint: '' },
        ...{ seats: seatIds.length, jobs: jobsOf(commands), freedAt: null, freedBy: null, freeJobs: [] },
      });
      await native(models, 'commands').insertMany(commands);
      return { blockId: _id, commands };
    },
    async freeBlock(blockId, seatIds, size) {
      const block = await native(models, 'blocks').findOne({ _id: blockId });
      if (!block || block.freedAt) return [];
      const { performanceId, at: blockedAt } = block;
      const at = new Date(Math.max(clock.now(), blockedAt.getTime() + 1));
      const freed = { _id: blockId, performanceId, userId: 'admin' };
      const commands = blockCommands(context, 'seat.unblock', freed, seatsOf(seatIds), at, size);
      await native(models, 'blocks').updateMany({ _id: blockId }, { $set: { freedAt: at, freedBy: 'admin' } });
      await native(models, 'commands').insertMany(commands);
      return commands;
    },
  };
}

/** The record that an operator's endpoint writes with a command that gives seats away. */
export async function recordGift(models: Models, { _id: jobId, kind, userId, payload }: CommandDoc): Promise<void> {
  if (kind !== 'reservation.issue') return;
  const { actionId: _id, by: adminId, performanceId: target } = payload as PayloadOf<'reservation.issue'>;
  const action = { action: 'reservation.issue' as const, at: new Date(), details: { userId, jobId } };
  await native(models, 'adminActions').insertOne({ _id, adminId, target, ...action });
}
