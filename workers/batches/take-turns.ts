import { seatsPerCommand } from '../../shared/blocks/block-commands';
import type { PendingCommand } from '../../shared/commands/command.model';
import type { Handler } from '../handler';
import { handlers } from '../handlers';

export interface Turns {
  now: PendingCommand[];
  /** Left as they are, for the next batch. */
  later: PendingCommand[];
}

/**
 * Of the commands that are due, oldest first: those to carry out now, and bulk ones that are left. What people wait for goes past
 * them; among themselves they keep their order, and so take turns, since the next command of a block is due only once the one before it
 * is final. A batch is one transaction: everybody in it, and whoever comes meanwhile, waits until all of it is written. So it
 * writes for nobody who waits no more than one command may, however many lanes have one.
 */
export function takeTurns(due: readonly PendingCommand[]): Turns {
  const turns: Turns = { now: [], later: [] };
  let seats = 0;
  for (const command of due) {
    const handler = handlers[command.kind] as Handler<typeof command.kind>;
    const bulk = handler.bulk?.(command.payload as never) ?? 0;
    const isLater = bulk > 0 && (turns.later.length > 0 || (seats > 0 && seats + bulk > seatsPerCommand));
    if (!isLater) seats += bulk;
    (isLater ? turns.later : turns.now).push(command);
  }
  return turns;
}
