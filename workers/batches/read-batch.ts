import type { ClientSession, Document } from 'mongodb';
import type { PendingCommand } from '../../shared/commands/command.model';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { Context } from '../../shared/context';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { FenceDoc } from '../../shared/lanes/lane.model';
import { type Documents, runStatement } from '../../shared/models';
import { checkFences, type Epochs, type Fences } from './fences';
import {
  countsHolds,
  holdsFilter,
  type Loadable,
  type Loaded,
  loadable,
  needsOf,
  newLoaded,
  put,
  putHolds,
  putPerformances,
} from './loaded';
import type { Memory } from './memory';
import { OutOfDate } from './write-batch';

/** What a batch carries out, and from what. */
export interface Wanted {
  /** Commands that are known: those of the batch if `read` is null, else a hint of what it will need. */
  commands: readonly PendingCommand[];
  /** Read the lanes' unfinished commands that are due, oldest first: at most `size`, of those due at `since` or later. */
  read: { size: number; since: Date } | null;
}

export interface BatchRead extends Fences {
  commands: readonly PendingCommand[];
  /** Whether as many were read as were asked for. */
  full: boolean;
  /** If not, everything was read that is due by then: this process' clock, as the statement has it. */
  dueUntil: Date;
  loaded: Loaded;
  /** Whether all of it was read in this transaction: nothing is remembered, nothing came by message. */
  isRead: boolean;
}

interface Row extends Partial<{ [C in Loadable]: Documents[C][] }> {
  now: Date;
  fences: FenceDoc[];
  commands: PendingCommand[];
  holdersHolds?: HoldDoc[];
  performances?: PerformanceDoc[];
}

/**
 * How far ahead of the database's time commands are read: clocks of API processes are that good. A command of the
 * clients' is carried out when read; one with a time of its own waits for it.
 */
const clockSlackMs = 250;

/**
 * The first statement of a transaction that is not decided from memory, and mostly the only one that reads: the fences, the
 * database's time, the commands as they are stored, known or due, and the documents that known commands name. A round trip
 * costs as much as all that it reads, so these are lookups beside the fences, which have nothing to do with one another.
 * @throws OutOfDate when a known command is not there, is final, or is in a lane that is not this worker's
 */
export async function readBatch(
  session: ClientSession,
  context: Pick<Context, 'models' | 'clock' | 'config'>,
  epochs: Epochs,
  { commands, read }: Wanted,
): Promise<BatchRead> {
  const { models, clock, config } = context;
  const lanes = [...epochs.keys()];
  const needs = needsOf(commands);
  const holders = countsHolds(config) ? [...needs.holders, ...needs.payers] : [];
  const byId = (name: Loadable | 'performances') =>
    needs[name].length > 0 ? [lookup(name, [{ $match: { _id: { $in: needs[name] } } }])] : [];
  const dueUntil = new Date(clock.now());
  const due = { $gte: read?.since ?? new Date(0), $lte: new Date(dueUntil.getTime() + clockSlackMs) };
  const which = read ? { lane: { $in: lanes }, dueAt: due } : { _id: { $in: commands.map(({ _id }) => _id) } };
  const next = [
    { $match: { ...which, status: 'accepted' } },
    { $sort: { dueAt: 1, _id: 1 } },
    ...(read ? [{ $limit: read.size }] : []),
  ];
  const pipeline = [
    { $match: { _id: { $in: lanes } } },
    { $group: { _id: null, now: { $first: '$$NOW' }, fences: { $push: '$$ROOT' } } },
    lookup('commands', next),
    ...loadable.flatMap(byId),
    ...byId('performances'),
    ...(holders.length > 0 ? [lookup('holds', [{ $match: holdsFilter(holders, context) }], 'holdersHolds')] : []),
  ];
  const { cursor } = await runStatement(models, 'fences', { aggregate: 'fences', pipeline, cursor: {} }, session);
  const row: Row | undefined = cursor.firstBatch[0];
  const loaded = newLoaded();
  for (const name of loadable) put(loaded, name, needs[name], row?.[name] ?? []);
  putPerformances(loaded, needs.performances, row?.performances ?? []);
  putHolds(loaded, holders, row?.holdersHolds ?? []);
  const fences = checkFences(row?.fences ?? [], row?.now ?? new Date(0), epochs);
  const found = row?.commands ?? [];
  const isMine = ({ lane }: PendingCommand) => fences.positions.has(lane);
  const mine = found.filter(isMine);
  // One is final, or this snapshot, taken beside its insert, does not have it yet, or its message named another's lane.
  const known = read ? 0 : commands.filter(isMine).length;
  if (mine.length < known) throw new OutOfDate(`commands: ${mine.length} of ${known} are unfinished in these lanes`);
  return { ...fences, commands: mine, full: found.length === read?.size, dueUntil, loaded, isRead: true };
}

/**
 * The same for a small batch, from what is remembered; null when too little is. What is missing is read one thing after
 * another, which costs less than one statement for all of it as long as it is not much.
 */
export function recallBatch(
  { clock }: Pick<Context, 'clock'>,
  memory: Memory,
  commands: readonly PendingCommand[],
): BatchRead | null {
  const positions = memory.positions(commands.map(({ lane }) => lane));
  if (!positions) return null;
  const now = new Date(clock.now() - clock.offsetMs);
  const loaded = memory.recall(needsOf(commands));
  return { now, positions, lost: [], commands, full: false, dueUntil: now, loaded, isRead: false };
}

function lookup(from: string, pipeline: Document[], as = from): Document {
  return { $lookup: { from, pipeline, as } };
}
