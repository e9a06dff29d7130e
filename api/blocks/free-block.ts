import { z } from 'zod';
import type { BlockDoc } from '../../shared/blocks/block.model';
import { blockCommands, jobsOf } from '../../shared/blocks/block-commands';
import type { PayloadOf } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { audited } from '../admin/audited';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { idOf } from '../http/schemas';
import { blockDetails, detailsExample, presentDetails } from './block';
import { wakeFirst } from './create-block';

export const freeBlock = route({
  method: 'delete',
  path: '/v1/admin/performances/{performanceId}/blocks/{blockId}',
  tag: 'Admin',
  summary: 'Free a block',
  description:
    'Puts on sale what it still keeps from being sold, by commands like those that blocked it; what of it is still to be blocked is ' +
    'not. Seats that were given away stay so. The same request again answers how far it is: it needs no key.',
  auth: ['admin', 'operator'],
  params: z.strictObject({ performanceId: idOf('perf'), blockId: idOf('block') }),
  responses: {
    202: {
      description: 'Freed; how far it is.',
      content: content(blockDetails, {
        freed: {
          ...{ ...detailsExample, freedAt: '2026-11-21T09:00:00.000Z', freedBy: 'user_8c6976e5b5410415bde9' },
          unfinished: 1,
          freeJobs: [{ id: 'job_01k9yg2w5p8r1t4v7x0z3b6d9f', section: 'A', seats: 1, status: 'accepted' as const }],
        },
      }),
    },
  },
  errors: ['BLOCK_NOT_FOUND', 'SERVICE_UNAVAILABLE'],
  async handler({ params: { performanceId, blockId }, user, requestId }, context: ApiContext) {
    const { models, clock, kindGate } = context;
    kindGate.check('seat.unblock');
    const action = { adminId: user.id, action: 'block.free', target: performanceId } as const;
    const stored = await audited<{ block: BlockDoc; commands: CommandDoc[] }>(context, action, async (session) => {
      const blocks = native(models, 'blocks');
      const before = await blocks.findOne({ _id: blockId, performanceId }, { session });
      if (!before) throw new Problem('BLOCK_NOT_FOUND');
      if (before.freedAt) return { value: { block: before, commands: [] }, details: null };
      const seats = await seatsOfBlock(context, before);
      // Later than what blocks, whose process may have another clock.
      const at = new Date(Math.max(clock.now(), before.at.getTime() + 1));
      const named = { _id: blockId, performanceId, userId: user.id, requestId };
      const commands = blockCommands(context, 'seat.unblock', named, seats, at);
      const freed = { freedAt: at, freedBy: user.id, freeJobs: jobsOf(commands) };
      await blocks.updateOne({ _id: blockId }, { $set: freed }, { session });
      if (commands.length > 0) await native(models, 'commands').insertMany(commands, { session });
      return { value: { block: { ...before, ...freed }, commands }, details: { blockId, reason: before.reason } };
    });
    await wakeFirst(context, stored.commands);
    return { status: 202, body: await presentDetails(models, stored.block) };
  },
});

/**
 * Those that it has, and those that a command may be blocking at this very moment. Asked for in this order: what is not pending any
 * more is blocked by then. In the lane of such a command what frees its seats comes after it.
 */
async function seatsOfBlock({ models }: ApiContext, { _id: blockId, jobs }: BlockDoc) {
  const ids = jobs.map(({ id }) => id);
  const pending = await models.commands.find({ _id: { $in: ids }, status: 'accepted' }, { payload: 1 }).lean();
  const blocked = await models.seats.find({ blockId: { $eq: blockId, $type: 'string' } }, { section: 1 }).lean();
  const bySection = new Map<string, Set<string>>();
  const add = (section: string, id: string) => bySection.set(section, (bySection.get(section) ?? new Set()).add(id));
  for (const { _id, section } of blocked) add(section, _id);
  for (const { payload } of pending as { payload: PayloadOf<'seat.block'> }[])
    for (const id of payload.seatIds) add(payload.section, id);
  return [...bySection].flatMap(([section, seatIds]) => Array.from(seatIds, (_id) => ({ _id, section })));
}
