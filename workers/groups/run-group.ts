import type { ClientSession } from 'mongodb';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { decideGroup, type GroupDecision } from './decide-group';
import { loadState } from './load-state';
import { passFence } from './pass-fence';
import { writeGroup } from './write-group';

/** A lane as its owner holds it. Every group commits in `session`, whose id stands in the lease. */
export interface OwnedLane {
  name: string;
  epoch: number;
  session: ClientSession;
}

export interface GroupReport {
  /** Ids that were read, decided or not. */
  read: string[];
  /** Whether there may be more that is due. */
  full: boolean;
  decision: GroupDecision | null;
  /** Milliseconds until the first command that was read but put off; Infinity when there is none. */
  nextDueMs: number;
  /** The database's time, tests' offset included. */
  now: Date;
}

/**
 * How far ahead of the database's time commands are read: clocks of API processes are that good. A command of the
 * clients' is carried out when read; one with a time of its own waits for it.
 */
const clockSlackMs = 250;
/** A transaction that takes longer than this is given up and tried again by the lane. */
const transactionMs = 10_000;

/** Carries out the lane's next commands, at most `size`, in one transaction. May run its body several times. */
export async function runGroup(context: Context, lane: OwnedLane, size: number): Promise<GroupReport> {
  return lane.session.withTransaction((session) => attempt(context, lane, session, size), {
    readConcern: { level: 'snapshot' },
    writeConcern: { w: 'majority' },
    timeoutMS: transactionMs,
  });
}

async function attempt(context: Context, lane: OwnedLane, session: ClientSession, size: number): Promise<GroupReport> {
  const { models, config, clock } = context;
  const place = await passFence(session, models, lane.name, lane.epoch, size);
  const now = new Date(place.now.getTime() + clock.offsetMs);
  const found = await readNext(context, session, lane.name, now, size);
  const due = found.filter((command) => command.kind !== 'hold.expire' || command.dueAt <= now);
  const early = found.filter((command) => command.kind === 'hold.expire' && command.dueAt > now);
  const report = {
    read: found.map((command) => command._id),
    full: found.length === size && due.length > 0,
    nextDueMs: untilFirst(
      early.map((command) => command.dueAt),
      now,
    ),
    now,
  };
  if (due.length === 0) return { ...report, decision: null };
  const state = await loadState(session, models, due, now);
  const decision = decideGroup(config, state, due, now);
  await writeGroup(session, models, state, decision, { ...place, now });
  const postponed = decision.decided.flatMap(({ outcome }) => (outcome.status === 'postponed' ? outcome.until : []));
  return { ...report, decision, nextDueMs: Math.min(report.nextDueMs, untilFirst(postponed, now)) };
}

function untilFirst(dates: Date[], now: Date): number {
  return Math.min(Infinity, ...dates.map((date) => date.getTime() - now.getTime()));
}

/** The lane's unfinished commands in their order; the one query behind jobs, sweep and take-over alike. */
function readNext(
  { models }: Context,
  session: ClientSession,
  lane: string,
  now: Date,
  size: number,
): Promise<CommandDoc[]> {
  return native(models, 'commands')
    .find({ lane, status: 'accepted', dueAt: { $lte: new Date(now.getTime() + clockSlackMs) } }, { session })
    .sort({ dueAt: 1, _id: 1 })
    .limit(size)
    .toArray();
}
