import type { CommandDoc } from '../../shared/commands/command.model';
import { finishedChannel } from '../../shared/commands/finished-channel';
import { announce, showFailed } from '../../shared/commands/queues';
import { seatNotices } from '../../shared/concerts/seats-channel';
import type { Context } from '../../shared/context';
import type { AfterCommit } from '../handler';
import type { GroupDecision } from './decide-group';

/** Ends a visitor's queue token; safe to repeat. */
export type FinishVisit = (visit: AfterCommit['finishVisit']) => Promise<unknown>;

/**
 * Tells the world of a committed group: waiting requests, live pages, delayed jobs, the waiting room. All of it is
 * promptness only: what fails here is made up for by polling, by the sweep, and by the end of the visitor's session.
 */
export async function afterCommit(context: Context, decision: GroupDecision, finishVisit: FinishVisit): Promise<void> {
  const { config, redis, queues, clock, logger } = context;
  const finished = decision.decided.flatMap(({ command, outcome }) =>
    outcome.status === 'postponed' ? [] : command._id,
  );
  const told = async (work: unknown[]) => {
    for (const outcome of await Promise.allSettled(work)) {
      if (outcome.status === 'rejected') logger.warn({ error: outcome.reason }, 'not told after commit');
    }
  };
  // Visits end before their payments are told: whoever joins again on hearing of it begins a new visit.
  await told(decision.after.map(({ finishVisit: visit }) => finishVisit(visit)));
  await told([
    finished.length > 0 && redis.publish(finishedChannel(config), finished.join(',')),
    ...seatNotices(config, decision.seats).map(({ channel, message }) => redis.publish(channel, message)),
    announce(queues, decision.schedule, clock.now()),
  ]);
}

/**
 * Tells of a command that ended without a group.
 * @param reason for the board, unless the command's own job shows it
 */
export function tellFailed(
  context: Context,
  command: Pick<CommandDoc, '_id' | 'kind' | 'lane'>,
  reason: string | null,
): void {
  const { config, redis, queues, logger } = context;
  const shown = reason !== null && showFailed(queues, command, reason);
  Promise.all([redis.publish(finishedChannel(config), command._id), shown]).catch((error: unknown) =>
    logger.debug({ error }, 'failure not told'),
  );
}
