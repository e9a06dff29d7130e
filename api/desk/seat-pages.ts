import { z } from 'zod';
import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Models } from '../../shared/models';
import { decodeCursor, encodeCursor, timeOfCursor } from '../http/paging';
import { mostRead } from './filtered-page';
import { blockSteps } from './seat-blocks';
import { type ExplainedStep, holdSteps, type SeatStep, withCommands } from './seat-steps';

/** Where a page begins. Holds are read a thousand at a time, which are all that a seat mostly ever has. */
const position = z.tuple([
  /** Of an earlier thousand, the last hold, and when its oldest was placed, ms: no step of a block is shown that is as new. */
  z.string().nullable(),
  timeOfCursor.nullable(),
  /** The last step of the page before, if that is of the same thousand, and its time, ms. */
  z.string().nullable(),
  timeOfCursor,
]);
type Position = z.output<typeof position>;

/** @throws Problem VALIDATION_FAILED */
export const pageBefore = (cursor: string | undefined): Position | null => decodeCursor(cursor, position);

/** A page of what happened to a seat, newest first. */
export async function readSteps(
  models: Models,
  seat: SeatDoc,
  before: Position | null,
  limit: number,
): Promise<{ steps: ExplainedStep[]; nextCursor: string | null }> {
  const [lastHold, reached, lastStep, lastTime] = before ?? [null, null, null, 0];
  const [holds, ofBlocks] = await Promise.all([
    models.holds
      .find({ seatIds: seat._id, ...(lastHold !== null && { _id: { $lt: lastHold } }) })
      .sort({ _id: -1 })
      .limit(mostRead)
      .hint({ seatIds: 1, _id: -1 })
      .lean<HoldDoc[]>(),
    blockSteps(models, seat),
  ]);
  const isLast = holds.length < mostRead;
  const oldest = Math.min(...holds.map(({ placedAt }) => placedAt.getTime()));
  const isWithin = ({ at }: SeatStep) =>
    (isLast || at.getTime() >= oldest) && (reached === null || at.getTime() < reached);
  const all = merged(await holdSteps(models, seat._id, holds), ofBlocks.filter(isWithin));
  const from = lastStep === null ? 0 : indexAfter(all, lastStep, lastTime);
  const page = all.slice(from, from + limit);
  const [last, lastOfHolds] = [page.at(-1), holds.at(-1)];
  const next = (): Position | null => {
    if (last && from + limit < all.length) return [lastHold, reached, keyOf(last), last.at.getTime()];
    return isLast || !lastOfHolds ? null : [lastOfHolds._id, oldest, null, oldest];
  };
  const at = next();
  return { steps: await withCommands(models, page), nextCursor: at && encodeCursor(at) };
}

/** Two histories of one seat as one. */
function merged(ofHolds: readonly SeatStep[], ofBlocks: readonly SeatStep[]): SeatStep[] {
  const all: SeatStep[] = [];
  const waiting = [...ofHolds];
  for (const block of ofBlocks) {
    const older = waiting.findIndex((step) => !isLater(step, block));
    all.push(...waiting.splice(0, older < 0 ? waiting.length : older), block);
  }
  return [...all, ...waiting];
}

/** What one batch did has one time: in it a seat is blocked or freed after a hold has ended, and before the next one begins. */
function isLater({ at, kind }: SeatStep, block: SeatStep): boolean {
  if (at.getTime() !== block.at.getTime()) return at > block.at;
  return block.changed && (kind === 'hold.place' || kind === 'reservation.issue');
}

const keyOf = ({ hold, jobId, blockId, kind }: SeatStep) => `${hold?._id ?? jobId ?? blockId} ${kind}`;

/** Where the steps go on after that one; one that is not there any more is passed by its time. */
function indexAfter(steps: readonly SeatStep[], key: string, time: number): number {
  const same = steps.findIndex((step) => step.at.getTime() === time && keyOf(step) === key);
  if (same >= 0) return same + 1;
  const older = steps.findIndex(({ at }) => at.getTime() < time);
  return older < 0 ? steps.length : older;
}
