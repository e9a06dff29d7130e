import type { CommandDoc } from '../../shared/commands/command.model';
import { finishedChannel } from '../../shared/commands/finished-channel';
import { announce, showFailed } from '../../shared/commands/queues';
import { seatNotices } from '../../shared/concerts/seats-channel';
import type { Context } from '../../shared/context';
import type { AfterCommit } from '../handler';
import type { BatchDecision, Decided } from './decide-batch';

/** Ends a visitor's queue token; safe to repeat. */
export type FinishVisit = (visit: AfterCommit['finishVisit']) => Promise<unknown>;

/**
 * Tells the world of a committed group: waiting requests, live pages, delayed jobs, the waiting room. All of it is
 * promptness only: what fails here is made up for by polling, by the sweep, and by the end of the visitor's session.
 */
export async function afterCommit(context: Context, decision: BatchDecision, finishVisit: FinishVisit): Promise<void> {
  const { config, redis, clock, logger } = context;
  const final = decision.decided.filter(({ outcome }) => outcome.status !== 'postponed');
  const visits = final.flatMap((one) => visitOf(one) ?? []).map(finishVisit);
  const work = [
    ...visits,
    tellFinal(context, idsOf(final.filter((one) => !visitOf(one)))),
    // Whoever hears of a payment and joins again begins a new visit; a look at the job may be ahead of that.
    Promise.allSettled(visits).then(() => tellFinal(context, idsOf(final.filter(visitOf)))),
    ...seatNotices(config, decision.seats).map(({ channel, message }) => redis.publish(channel, message)),
    announce(context.queues, decision.schedule, clock.now()),
  ];
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === 'rejected') logger.warn({ error: outcome.reason }, 'not told after commit');
  }
}

function visitOf({ outcome }: Decided): AfterCommit['finishVisit'] | undefined {
  return outcome.status === 'done' ? outcome.after?.finishVisit : undefined;
}

const idsOf = (final: readonly Decided[]) => final.map(({ command }) => command._id);

async function tellFinal({ config, redis }: Context, commandIds: readonly string[]): Promise<void> {
  if (commandIds.length > 0) await redis.publish(finishedChannel(config), commandIds.join(','));
}

/** Tells of a command that ended without a group. */
export function tellFailed(context: Context, command: Pick<CommandDoc, '_id' | 'kind' | 'lane'>): void {
  Promise.all([tellFinal(context, [command._id]), showFailed(context.queues, command)]).catch((error: unknown) =>
    context.logger.debug({ error }, 'failure not told'),
  );
}
