import type { BlockDoc } from '../../shared/blocks/block.model';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { SeatDoc, SeatStatus } from '../../shared/concerts/seat.model';
import type { Models } from '../../shared/models';
import { mostRead } from './filtered-page';
import type { SeatStep } from './seat-steps';

/** Commands that are looked at for one seat: 5,000 are all that a section of a thousand single blocks may have, and more. */
const mostCommands = 5000;

interface BlockInSection extends Pick<BlockDoc, '_id' | 'by' | 'at'> {
  /** Of its commands in the section. */
  ids: string[];
}

interface BlockCommand
  extends Pick<CommandDoc, '_id' | 'userId' | 'acceptedAt' | 'finishedAt' | 'position' | 'requestId'> {
  kind: 'seat.block' | 'seat.unblock';
  payload: { blockId: string };
  changed: boolean;
  left: { status: SeatStatus }[];
}

/**
 * What blocks did with a seat, newest first, also what left it alone. The latest blocks of its date name their commands in its
 * section, and those name their seats: so neither blocks nor commands pay for an index of seats.
 */
export async function blockSteps(models: Models, seat: SeatDoc): Promise<SeatStep[]> {
  const wanted = { by: 1, at: 1, ids: jobsIn(seat.section) };
  const latest = await models.blocks
    .find({ performanceId: seat.performanceId }, wanted)
    .sort({ _id: -1 })
    .limit(mostRead)
    .hint({ performanceId: 1, _id: -1 })
    .lean<BlockInSection[]>();
  const isLatest = !seat.blockId || latest.some(({ _id }) => _id === seat.blockId);
  const own = isLatest ? null : await models.blocks.findById(seat.blockId, wanted).lean<BlockInSection>();
  const blocks = own ? [own, ...latest] : latest;
  const commands = await models.commands
    .find(
      { _id: { $in: blocks.flatMap(({ ids }) => ids).slice(0, mostCommands) }, 'payload.seatIds': seat._id },
      outcomeFor(seat._id),
    )
    .lean<BlockCommand[]>();
  const steps = commands.sort(latestFirst).map(stepOf);
  if (!seat.blockId || steps.some(({ blockId, changed }) => blockId === seat.blockId && changed)) return steps;
  const forgotten = blocks.filter(({ _id }) => _id === seat.blockId).map(stepWithoutCommand);
  return [...steps, ...forgotten].sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** Of a block the ids of its commands in a section. */
function jobsIn(section: string) {
  const all = { $concatArrays: ['$freeJobs', '$jobs'] };
  const ofSection = { $filter: { input: all, cond: { $eq: ['$$this.section', { $literal: section }] } } };
  return { $map: { input: ofSection, in: '$$this.id' } };
}

/** A command without its hundreds of seats, and what it says of this one. */
function outcomeFor(seatId: string) {
  const id = { $literal: seatId };
  const left = { input: { $ifNull: ['$result.left', []] }, cond: { $eq: ['$$this.seatId', id] } };
  return {
    ...{ kind: 1, userId: 1, acceptedAt: 1, finishedAt: 1, position: 1, requestId: 1, 'payload.blockId': 1 },
    changed: { $in: [id, { $ifNull: ['$result.seatIds', []] }] },
    left: { $filter: left },
  };
}

/** While a command waits there is no later time than when it was asked for. */
const timeOf = ({ finishedAt, acceptedAt }: BlockCommand) => finishedAt ?? acceptedAt;

/** Those of one batch have one time, and each its place in the lane. */
const latestFirst = (a: BlockCommand, b: BlockCommand) =>
  timeOf(b).getTime() - timeOf(a).getTime() || (b.position ?? 0) - (a.position ?? 0);

function stepOf(command: BlockCommand): SeatStep {
  const { _id: jobId, kind, userId, payload, changed, left } = command;
  return {
    ...{ kind, at: timeOf(command), jobId, userId, hold: null, blockId: payload.blockId },
    ...{ changed, left: left[0]?.status ?? null },
  };
}

/** A block is kept as long as it keeps seats from being sold, and so longer than the command that did it. */
function stepWithoutCommand({ _id: blockId, by: userId, at }: BlockInSection): SeatStep {
  return { kind: 'seat.block', at, jobId: null, userId, hold: null, blockId, changed: true, left: null };
}
