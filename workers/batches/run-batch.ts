import type { ClientSession } from 'mongodb';
import { type CommandKind, catalogue, isKnownKind } from '../../shared/commands/catalogue';
import type { PendingCommand } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import { LateWrite } from '../../shared/platform/write-deadline';
import { LineTooLong } from '../standby/offer-seats';
import type { BatchState } from './batch-state';
import { type BatchDecision, type Decided, decideBatch } from './decide-batch';
import { type Epochs, moveFences } from './fences';
import { type LinesKnown, nothingKnown } from './load-lines';
import { loadState } from './load-state';
import type { Memory } from './memory';
import { type BatchRead, readBatch, recallBatch, type Wanted } from './read-batch';
import { takeTurns } from './take-turns';
import { type Place, writeBatch } from './write-batch';

export interface BatchReport {
  /** Ids that were read, decided or not. */
  read: string[];
  /** Those of them that are left for the next batch. */
  later: string[];
  /** Those, and what waits for its time: they will be read again. */
  putOff: string[];
  /** All that is due by then was read, and decided. */
  readUntil: Date;
  /** Whether there may be more that is due. */
  full: boolean;
  decision: BatchDecision | null;
  /** Milliseconds until the first command that was read but put off; Infinity when there is none. */
  nextDueMs: number;
  /** Lanes that turned out to have a newer owner; nothing was done for them. */
  lost: string[];
  /** Lanes where a command is next that this version does not know, and its kind; nothing was done from there on. */
  unknown: ReadonlyMap<string, string>;
  /** The database's time, tests' offset included. */
  now: Date;
}

/** A transaction is not begun anew once it has taken longer than this: the batch is, from what is true then. */
const transactionMs = 10_000;

/** Commands of a batch that may be decided from memory: a larger one has always much to read. */
const maxRecalled = 8;

/**
 * Carries out commands of the lanes in one transaction: those that are known, or the next that are due, oldest first. Its
 * body may run several times. Every batch commits in `session`, whose id stands in the lanes' leases.
 * @param memory what this worker remembers of its lanes; it learns from the batch
 */
export async function runBatch(
  context: Context,
  session: ClientSession,
  epochs: Epochs,
  wanted: Wanted,
  memory: Memory | null = null,
): Promise<BatchReport> {
  const learn = memory?.begin();
  let recallFrom = wanted.read || wanted.commands.length > maxRecalled ? null : memory;
  const deadline = performance.now() + transactionMs;
  const attempt = async () => {
    if (performance.now() > deadline) throw new LateWrite(transactionMs);
    const recalled = recallFrom && recallBatch(context, recallFrom, wanted.commands);
    // What makes it fail may be what was remembered.
    recallFrom = null;
    const isEmpty = memory?.isEmpty ?? nothingKnown.isEmpty;
    const promising = recalled && (await tryBatch(context, session, recalled, { isEmpty }).catch(unlessTooLong));
    const tried = promising?.decision?.decided.every(isSureOf)
      ? promising
      : await tryRead(async (maxWaiting) =>
          tryBatch(context, session, await readBatch(session, context, epochs, wanted), { isEmpty, maxWaiting }),
        );
    return writeTried(context, session, epochs, tried);
  };
  const { moved, loaded, positions, ...report } = await session.withTransaction(attempt, {
    readConcern: { level: 'snapshot' },
    writeConcern: { w: 'majority' },
    maxCommitTimeMS: transactionMs,
  });
  learn?.({ loaded, positions }, moved);
  return report;
}

/**
 * Nobody is refused because of what was remembered: it may have changed for the better. And no hold ends by this process'
 * clock: that a hold is over which stands on the wanted seats is for the database's time to say. What operators ask for is rare, and its
 * outcome names what it found.
 */
function isSureOf({ command: { kind }, outcome }: Decided): boolean {
  if (kind === 'seat.block' || kind === 'seat.unblock' || kind === 'reservation.issue') return false;
  return outcome.status === 'done' && !(kind === 'hold.place' && (outcome.skip ?? []).length > 0);
}

interface Tried extends BatchReport, Pick<BatchRead, 'loaded' | 'positions' | 'isRead'> {
  state: BatchState | null;
  /** The database's, as the fences record it. */
  databaseNow: Date;
}

/** Reads more and more of the lines, until that is enough for everybody whose turn it is. */
async function tryRead(read: (maxWaiting?: number) => Promise<Tried>): Promise<Tried> {
  for (let maxWaiting = nothingKnown.maxWaiting; ; maxWaiting *= 10) {
    const tried = await read(maxWaiting).catch(unlessTooLong);
    if (tried) return tried;
  }
}

function unlessTooLong(error: unknown): null {
  if (error instanceof LineTooLong) return null;
  throw error;
}

/** Decides and writes nothing. @throws LineTooLong */
async function tryBatch(
  context: Context,
  session: ClientSession,
  { commands: found, loaded, positions, lost, full, dueUntil, now: databaseNow, isRead }: BatchRead,
  lines: Partial<LinesKnown>,
): Promise<Tried> {
  const now = new Date(databaseNow.getTime() + context.clock.offsetMs);
  const { known, unknown } = untilUnknown(found);
  // What is due when it is accepted is by the clock of an API process, which may be ahead. All else has a time of its own.
  const early = known.filter(({ dueAt, acceptedAt }) => dueAt > now && dueAt > acceptedAt);
  const due = known.filter((command) => !early.includes(command));
  // What is early waits; beside lanes that were lost or are left to others, too, there may be more.
  const isCut = full && (due.length > 0 || lost.length > 0 || unknown.size > 0);
  // The clock may have been set since the statement was made.
  const readUntil = isCut ? (found.at(-1)?.dueAt ?? now) : dueUntil < now ? dueUntil : now;
  for (const { _id, kind, payload } of due) checkPayload(_id, kind, payload);
  const turns = takeTurns(due);
  const later = turns.later.map((command) => command._id);
  const report = {
    ...{ read: found.map((command) => command._id), later, readUntil: turns.later[0]?.dueAt ?? readUntil },
    ...{ full: isCut || later.length > 0, lost, unknown, now, databaseNow, loaded, positions, isRead },
  };
  const state =
    due.length > 0 ? await loadState(session, context, turns.now, now, loaded, { ...nothingKnown, ...lines }) : null;
  const decision = state && decideBatch(context.config, state, turns.now, now);
  const deferred =
    decision?.decided.flatMap(({ command: { _id }, outcome }) =>
      outcome.status === 'deferred' ? { _id, dueAt: outcome.until } : [],
    ) ?? [];
  const waiting = [...early, ...deferred];
  const starting = decision && decision.start.length > 0 ? 0 : Infinity;
  const nextDueMs = Math.min(starting, ...waiting.map(({ dueAt }) => dueAt.getTime() - now.getTime()));
  return { ...report, putOff: [...later, ...waiting.map(({ _id }) => _id)], state, decision, nextDueMs };
}

/** A lane's commands take effect in order, so what comes after one that is left to workers of another version waits for it. */
function untilUnknown(found: readonly PendingCommand[]) {
  const unknown = new Map<string, string>();
  const known = found.filter(({ lane, kind }) => {
    if (!unknown.has(lane) && !isKnownKind(kind)) unknown.set(lane, kind);
    return !unknown.has(lane);
  });
  return { known, unknown };
}

/** @returns with it, where the lanes' histories end now */
async function writeTried(
  { models }: Context,
  session: ClientSession,
  epochs: Epochs,
  { state, positions, databaseNow, isRead, ...tried }: Tried,
): Promise<BatchReport & Pick<BatchRead, 'loaded' | 'positions'> & { moved: ReadonlyMap<string, number> }> {
  const { decision, now } = tried;
  if (!state || !decision) return { ...tried, positions, moved: new Map() };
  const { places, moved } = placesOf(decision, epochs, positions);
  await writeBatch(session, models, { state, decision, places, now, isRead });
  await moveFences(session, models, epochs, positions, moved, databaseNow);
  return { ...tried, positions, moved };
}

/** Commands outlive deployments, so a worker trusts their shape no more than the API does. @throws when it is not the catalogue's */
export function checkPayload(id: string, kind: CommandKind, payload: unknown): void {
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
