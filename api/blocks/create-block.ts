import type { BlockDoc } from '../../shared/blocks/block.model';
import { blockCommands, jobsOf } from '../../shared/blocks/block-commands';
import type { CommandDoc } from '../../shared/commands/command.model';
import { fingerprint } from '../../shared/commands/new-command';
import { wakeLane } from '../../shared/commands/store-beside';
import { native } from '../../shared/models';
import { Problem } from '../../shared/platform/errors';
import { audited } from '../admin/audited';
import { commandHeaders } from '../commands/command-docs';
import type { ApiContext } from '../context';
import { content } from '../http/endpoint';
import { route } from '../http/route';
import { example, pathId } from '../http/schemas';
import { blockDetails, detailsExample, presentDetails } from './block';
import { blockRequest, readSelected } from './block-selection';

export const createBlock = route({
  method: 'post',
  path: '/v1/admin/performances/{performanceId}/blocks',
  tag: 'Admin',
  summary: 'Keep seats from being sold',
  description:
    'Single seats, whole rows or a section: a hall of 50,000 seats by its rows. It is carried out by commands in the lanes of the ' +
    'seats, each about some of one section, a little at a time, so that nobody who buys waits longer for it: poll `Location` until ' +
    '`unfinished` is 0. Seats that are held, sold or blocked already are left alone, and named in `left`. Everybody sees such seats as ' +
    '`blocked`; what for, only operators. On a date that was called off the jobs end `refused` with `PERFORMANCE_CANCELLED`.',
  auth: ['admin', 'operator'],
  params: pathId('performanceId', 'perf'),
  headers: commandHeaders.omit({ prefer: true }),
  body: content(blockRequest, {
    rows: { rows: [{ section: 'A', row: '1' }], channel: 'Sponsor', reason: 'Row for the sponsor' },
    seats: { seatIds: [example.seat, 'perf_demo_1-A-2'], reason: 'Sound desk' },
    section: { section: 'A', channel: 'Promoter', reason: 'Sold elsewhere' },
  }),
  responses: {
    202: {
      description: 'Accepted: it will be carried out whatever happens next.',
      content: content(blockDetails, { block: detailsExample }),
      headers: {
        Location: 'Where the block is',
        'Idempotency-Replayed': '`true` when this key had been used for the same request before',
      },
    },
  },
  refusals: ['PERFORMANCE_CANCELLED'],
  errors: [
    ...(['PERFORMANCE_NOT_FOUND', 'SEAT_NOT_FOUND', 'SECTION_NOT_FOUND', 'IDEMPOTENCY_KEY_REQUIRED'] as const),
    ...(['IDEMPOTENCY_KEY_REUSED', 'SERVICE_UNAVAILABLE'] as const),
  ],
  async handler({ params: { performanceId }, headers, body, user, requestId }, context: ApiContext) {
    const { models, kindGate } = context;
    const { 'idempotency-key': key } = headers;
    if (!key) throw new Problem('IDEMPOTENCY_KEY_REQUIRED');
    for (const kind of ['seat.block', 'seat.unblock'] as const) kindGate.check(kind);
    const { channel = null, reason } = body;
    const seats = await readSelected(models, performanceId, body);
    const asked = { performanceId, channel, reason, by: user.id, key, seats: seats.length };
    const request = { ...asked, fingerprint: fingerprint('seat.block', { performanceId, ...body }) };
    const { block, commands } = await storeBlock(context, request, seats, requestId);
    await wakeFirst(context, commands);
    return {
      status: 202,
      headers: {
        Location: `/v1/admin/performances/${performanceId}/blocks/${block._id}`,
        ...(commands.length === 0 && { 'Idempotency-Replayed': 'true' }),
      },
      body: await presentDetails(models, block),
    };
  },
});

type Request = Pick<BlockDoc, 'performanceId' | 'channel' | 'reason' | 'by' | 'key' | 'seats' | 'fingerprint'>;

/** The block, its commands and the record of the action, together or not at all; no commands: it is a repeat. */
async function storeBlock(
  context: ApiContext,
  request: Request,
  seats: Parameters<typeof blockCommands>[3],
  requestId: string,
): Promise<{ block: BlockDoc; commands: CommandDoc[] }> {
  const { models, clock, newId } = context;
  const { performanceId, channel, reason, by, key } = request;
  const action = { adminId: by, action: 'block.create', target: performanceId } as const;
  return audited<{ block: BlockDoc; commands: CommandDoc[] }>(context, action, async (session) => {
    const earlier = await native(models, 'blocks').findOne({ by, key }, { session });
    if (earlier) {
      if (earlier.fingerprint !== request.fingerprint) throw new Problem('IDEMPOTENCY_KEY_REUSED');
      return { value: { block: earlier, commands: [] }, details: null };
    }
    const [_id, at] = [newId('block'), new Date(clock.now())];
    const commands = blockCommands(context, 'seat.block', { _id, performanceId, userId: by, requestId }, seats, at);
    const block = { _id, ...request, at, jobs: jobsOf(commands), freedAt: null, freedBy: null, freeJobs: [] };
    await native(models, 'blocks').insertOne(block, { session });
    await native(models, 'commands').insertMany(commands, { session });
    return { value: { block, commands }, details: { blockId: _id, seats: seats.length, channel, reason } };
  });
}

/** The first command of each lane: it starts the next one. */
export async function wakeFirst(context: ApiContext, commands: readonly CommandDoc[]): Promise<void> {
  const first = commands.filter(({ acceptedAt, dueAt }) => dueAt <= acceptedAt);
  await Promise.all(first.map((command) => wakeLane(context, command)));
}
