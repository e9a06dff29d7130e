import type { CommandDoc } from '../../shared/commands/command.model';
import { type CommandOutcome, encodeOutcomes, outcomeChannel } from '../../shared/commands/outcome-channel';
import { showFailed } from '../../shared/commands/queues';
import { seatNotices } from '../../shared/concerts/seats-channel';
import type { Context } from '../../shared/context';
import { sendTogether } from '../../shared/platform/redis';
import { encodePlaces, standbyChannel } from '../../shared/standby/standby-channel';
import type { AfterCommit } from '../handler';
import type { ScheduleExpiries } from '../lanes/schedule-expiries';
import type { BatchDecision, Decided } from './decide-batch';
import { finalFields } from './write-batch';

export interface AfterCommitWork {
  /** Ends a visitor's queue token; safe to repeat. */
  finishSession(session: AfterCommit['finishSession']): Promise<unknown>;
  scheduleExpiries: ScheduleExpiries;
}

/**
 * Publishes what a committed batch did: to waiting requests, live pages, delayed jobs, the waiting room. Only once a
 * majority has the commit, since what was published can't be taken back. All of it is promptness only: what fails here is
 * made up for by polling, by the sweep, and by the end of the visitor's session.
 * @param now the time of the batch, which its outcomes have as `finishedAt`
 */
export async function afterCommit(
  context: Context,
  decision: BatchDecision,
  now: Date,
  { finishSession, scheduleExpiries }: AfterCommitWork,
): Promise<void> {
  const { config, redis, logger } = context;
  const final = decision.decided.filter(({ outcome }) => outcome.status !== 'deferred');
  sendTogether(redis);
  const publish = (some: readonly Decided[]) => publishOutcomes(context, some.map(outcomeOf(now)));
  const sessions = final.flatMap((one) => sessionOf(one) ?? []).map(finishSession);
  const work = [
    publish(final.filter((one) => !sessionOf(one))),
    ...sessions,
    // A client that sees the payment and joins again begins a new session; reading the job may be ahead of that.
    Promise.allSettled(sessions).then(() => publish(final.filter(sessionOf))),
    ...seatNotices(config, decision.seats).map(({ channel, message }) => redis.publish(channel, message)),
    publishPlaces(context, decision.places),
    scheduleExpiries(decision.schedule),
  ];
  for (const outcome of await Promise.allSettled(work)) {
    if (outcome.status === 'rejected') logger.warn({ error: outcome.reason }, 'not published after commit');
  }
}

function sessionOf({ outcome }: Decided): AfterCommit['finishSession'] | undefined {
  return outcome.status === 'done' ? outcome.after?.finishSession : undefined;
}

/** As it stands in MongoDB, the rest of the command left out. */
const outcomeOf =
  (now: Date) =>
  ({ command: { _id, userId }, outcome }: Decided): CommandOutcome => {
    const unset = { status: 'accepted' as const, finishedAt: null, result: null, problem: null };
    return { _id, userId, ...unset, ...finalFields(outcome, now) };
  };

async function publishOutcomes({ config, redis }: Context, outcomes: readonly CommandOutcome[]): Promise<void> {
  if (outcomes.length > 0) await redis.publish(outcomeChannel(config), encodeOutcomes(outcomes));
}

async function publishPlaces({ config, redis }: Context, places: BatchDecision['places']): Promise<void> {
  if (places.length > 0) await redis.publish(standbyChannel(config), encodePlaces(places));
}

/** Publishes that a command failed, which it did without a batch. */
export function publishFailed(context: Context, command: Pick<CommandDoc, 'kind' | 'lane'> & CommandOutcome): void {
  Promise.all([publishOutcomes(context, [command]), showFailed(context.queues, command)]).catch((error: unknown) =>
    context.logger.debug({ error }, 'failure not published'),
  );
}
