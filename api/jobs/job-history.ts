import { type CommandDoc, finishedOfUser } from '../../shared/commands/command.model';
import type { Models } from '../../shared/models';

/** After which of a user's final commands to go on: they are in the order of time, then id, as any number may end in one instant. */
export interface HistoryPosition {
  finishedAt: Date;
  /** Empty: before all of that instant. */
  id: string;
}

/** Commands of one page. */
export const pageSize = 100;

/**
 * A user's commands that became final after that position, in order: as many as a page has, whatever the user has besides.
 * Commands without a key are the product's own, and no user's jobs.
 */
export function readHistory(
  models: Models,
  userId: string,
  { finishedAt, id }: HistoryPosition,
): Promise<CommandDoc[]> {
  const ofUser = { userId, key: { $type: 'string' } } as const;
  const later = { ...ofUser, finishedAt: { $gt: finishedAt } };
  // Each half is read in order by the index, and so are both together.
  return models.commands
    .find({ $or: [{ ...ofUser, finishedAt, _id: { $gt: id } }, later] })
    .sort({ finishedAt: 1, _id: 1 })
    .limit(pageSize)
    .hint(finishedOfUser)
    .lean<CommandDoc[]>()
    .exec();
}
