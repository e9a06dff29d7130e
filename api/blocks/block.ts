import { z } from 'zod';
import type { BlockDoc } from '../../shared/blocks/block.model';
import { commandStatuses } from '../../shared/commands/command.model';
import { seatStatuses } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';
import { example, idOf, time } from '../http/schemas';

const count = z.int().min(0);
const fields = {
  id: idOf('block'),
  performanceId: idOf('perf'),
  channel: z.string().nullable().meta({ description: 'Whom the seats are for' }),
  reason: z.string(),
  by: z.string().meta({ description: "The operator's user id" }),
  at: time,
  seats: count.meta({ description: 'That were asked for' }),
  blocked: count.meta({ description: 'That it keeps from being sold now' }),
  freedAt: time.nullable(),
  freedBy: z.string().nullable(),
};

/** What an operator keeps from being sold. */
export const blockSummary = z.strictObject(fields).meta({ id: 'Block' });

const blockJob = z
  .strictObject({
    ...{ id: idOf('job'), section: z.string(), seats: count },
    status: z
      .enum(commandStatuses)
      .nullable()
      .meta({ description: 'Null: final so long ago that it is not kept any more' }),
  })
  .meta({ id: 'BlockJob' });

/** Seats that a block names which it has left alone. */
const maxNamed = 1000;

const leftSeat = z.strictObject({ seatId: idOf('seat'), status: z.enum(seatStatuses) });

/** With how far it is, and what it left alone. */
export const blockDetails = z
  .strictObject({
    ...fields,
    unfinished: count.meta({ description: 'Jobs that are still to be carried out; 0: it is all done' }),
    left: z.array(leftSeat).meta({
      description: `Seats that were held, sold or blocked already: the first ${maxNamed}, each as it was then`,
    }),
    jobs: z.array(blockJob).meta({ description: 'That block the seats, each of one section' }),
    freeJobs: z.array(blockJob).meta({ description: 'That free what is still blocked, once it was asked for' }),
  })
  .meta({ id: 'BlockDetails' });

export const blockExample = {
  ...{ id: example.block, performanceId: example.perf, channel: 'Sponsor', reason: 'Row for the sponsor' },
  ...{ by: 'user_8c6976e5b5410415bde9', at: '2026-11-20T12:00:00.000Z', seats: 2, blocked: 1 },
  ...{ freedAt: null, freedBy: null },
};
export const detailsExample = {
  ...blockExample,
  unfinished: 0,
  left: [{ seatId: 'perf_demo_1-A-2', status: 'sold' as const }],
  jobs: [{ id: example.job, section: 'A', seats: 2, status: 'done' as const }],
  freeJobs: [],
};

export function presentBlock(block: BlockDoc, blocked: number) {
  const { _id: id, performanceId, channel, reason, by, at, seats, freedAt, freedBy } = block;
  return {
    ...{ id, performanceId, channel, reason, by, at: at.toISOString(), seats, blocked },
    ...{ freedAt: freedAt?.toISOString() ?? null, freedBy },
  };
}

/** How many seats each block has now. */
export async function countBlocked(models: Models, blockIds: readonly string[]): Promise<Map<string, number>> {
  const counts = await models.seats
    .aggregate<{ _id: string; seats: number }>([
      { $match: { blockId: { $in: blockIds, $type: 'string' } } },
      { $group: { _id: '$blockId', seats: { $sum: 1 } } },
    ])
    .readConcern('snapshot');
  return new Map(counts.map(({ _id, seats }) => [_id, seats]));
}

/** What a job says, as far as it matters here. */
interface JobSeen {
  _id: string;
  status: (typeof commandStatuses)[number];
  result: { left?: Left[] } | null;
}

interface Left {
  seatId: string;
  status: (typeof seatStatuses)[number];
}

export async function presentDetails(models: Models, block: BlockDoc) {
  const ids = [...block.jobs, ...block.freeJobs].map(({ id }) => id);
  const commands = await models.commands.find({ _id: { $in: ids } }, { status: 1, 'result.left': 1 }).lean<JobSeen[]>();
  // After the jobs: where those are done, the seats are as they left them.
  const counts = await countBlocked(models, [block._id]);
  const known = new Map(commands.map((command) => [command._id, command]));
  const withStatus = (jobs: BlockDoc['jobs']) =>
    jobs.map(({ id, section, seats }) => ({ id, section, seats, status: known.get(id)?.status ?? null }));
  const left = block.jobs.flatMap(({ id }) => known.get(id)?.result?.left ?? []);
  return {
    ...presentBlock(block, counts.get(block._id) ?? 0),
    unfinished: commands.filter(({ status }) => status === 'accepted').length,
    left: left.slice(0, maxNamed).map(({ seatId, status }) => ({ seatId, status })),
    ...{ jobs: withStatus(block.jobs), freeJobs: withStatus(block.freeJobs) },
  };
}
