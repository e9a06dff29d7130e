import type { ClientSession } from 'mongodb';
import { type CommandKind, catalogue } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { type BatchDecision, decideBatch } from './decide-batch';
import { type Epochs, moveFences, readFences } from './fences';
import { loadState } from './load-state';
import { type Place, writeBatch } from './write-batch';

export interface BatchReport {
  /** Ids that were read, decided or not. */
  read: string[];
  /** Whether there may be more that is due. */
  full: boolean;
  decision: BatchDecision | null;
  /** Milliseconds until the first command that was read but put off; Infinity when there is none. */
  nextDueMs: number;
  /** Lanes that turned out to have a newer owner; nothing was done for them. */
  lost: string[];
  /** The database's time, tests' offset included. */
  now: Date;
}

/**
 * How far ahead of the database's time commands are read: clocks of API processes are that good. A command of the
 * clients' is carried out when read; one with a time of its own waits for it.
 */
const clockSlackMs = 250;
/** A transaction that takes longer than this is given up and tried again. */
const transactionMs = 10_000;

/**
 * Carries out the next commands of the lanes, oldest first and at most `size`, in one transaction. Its body may run
 * several times. Every group commits in `session`, whose id stands in the lanes' leases.
 */
export function runBatch(context: Context, session: ClientSession, epochs: Epochs, size: number): Promise<BatchReport> {
  return session.withTransaction(() => attempt(context, session, epochs, size), {
    readConcern: { level: 'snapshot' },
    writeConcern: { w: 'majority' },
    timeoutMS: transactionMs,
  });
}

async function attempt(context: Context, session: ClientSession, epochs: Epochs, size: number): Promise<BatchReport> {
  const { models, config, clock } = context;
  const fences = await readFences(session, models, epochs);
  const now = new Date(fences.now.getTime() + clock.offsetMs);
  const found = await readNext(context, session, [...fences.positions.keys()], now, size);
  const early = found.filter((command) => command.kind === 'hold.expire' && command.dueAt > now);
  const due = found.filter((command) => !early.includes(command));
  const report = {
    read: found.map((command) => command._id),
    full: found.length === size && due.length > 0,
    nextDueMs: untilFirst(
      early.map((command) => command.dueAt),
      now,
    ),
    lost: fences.lost,
    now,
  };
  if (due.length === 0) return { ...report, decision: null };
  for (const { _id, kind, payload } of due) checkPayload(_id, kind, payload);
  const state = await loadState(session, context, due, now);
  const decision = decideBatch(config, state, due, now);
  const { places, moved } = placesOf(decision, epochs, fences.positions);
  await writeBatch(session, models, state, decision, places, now);
  await moveFences(session, models, epochs, moved, fences.now);
  const postponed = decision.decided.flatMap(({ outcome }) => (outcome.status === 'postponed' ? outcome.until : []));
  return { ...report, decision, nextDueMs: Math.min(report.nextDueMs, untilFirst(postponed, now)) };
}

/** The lanes' unfinished commands in their order; the one query behind jobs, sweep and take-over alike. */
function readNext(
  { models }: Context,
  session: ClientSession,
  lanes: string[],
  now: Date,
  size: number,
): Promise<CommandDoc[]> {
  const dueAt = { $lte: new Date(now.getTime() + clockSlackMs) };
  return native(models, 'commands')
    .find({ lane: { $in: lanes }, status: 'accepted', dueAt }, { session })
    .sort({ dueAt: 1, _id: 1 })
    .limit(size)
    .toArray();
}

/** Commands outlive deployments, so a worker trusts their shape no more than the API does. @throws when it is not the catalogue's */
function checkPayload(id: string, kind: CommandKind, payload: unknown): void {
  const parsed = catalogue[kind]?.payload.safeParse(payload);
  if (!parsed) throw new Error(`${id} is of the unknown kind ${kind}`);
  if (!parsed.success) throw new Error(`${id} has a payload that is not one of ${kind}: ${parsed.error.message}`);
}

/** Gives each decided command the next place in the history of its lane; `moved` is where each lane's history now ends. */
function placesOf({ decided }: BatchDecision, epochs: Epochs, positions: ReadonlyMap<string, number>) {
  const moved = new Map<string, number>();
  const places = decided.map(({ command: { lane } }): Place => {
    const position = moved.get(lane) ?? positions.get(lane) ?? 0;
    moved.set(lane, position + 1);
    return { epoch: epochs.get(lane) ?? 0, position };
  });
  return { places, moved };
}

function untilFirst(dates: Date[], now: Date): number {
  return Math.min(Infinity, ...dates.map((date) => date.getTime() - now.getTime()));
}
