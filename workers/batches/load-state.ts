import type { ClientSession } from 'mongodb';
import type { BlockDoc } from '../../shared/blocks/block.model';
import type { PendingCommand } from '../../shared/commands/command.model';
import type { Context } from '../../shared/context';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { type Documents, type Models, native } from '../../shared/models';
import type { Holder } from '../handler';
import { type BatchState, createBatchState, endOf, holderKey } from './batch-state';
import { type LinesKnown, loadLines, nothingKnown } from './load-lines';
import {
  type BatchReader,
  countsHolds,
  distinct,
  doubtSeats,
  holdsFilter,
  type Loadable,
  type Loaded,
  needsOf,
  newLoaded,
  put,
  putHolds,
  putPerformances,
} from './loaded';

/**
 * Reads what a batch needs and has not loaded yet, in the batch's transaction, one thing after another as a session wants
 * it: what the commands name, then the holds that stand on those seats and those that count for a limit, then the seats of
 * overdue ones. Mostly all of it is there already.
 */
export async function loadState(
  session: ClientSession,
  context: Pick<Context, 'models' | 'clock' | 'config'>,
  commands: readonly PendingCommand[],
  now: Date,
  loaded = newLoaded(),
  lines: LinesKnown = nothingKnown,
): Promise<BatchState> {
  const { slots } = loaded;
  const read = createReader(session, context, loaded);
  const needs = needsOf(commands);
  const current = <C extends Loadable>(name: C) =>
    Array.from(slots[name].values(), (slot) => slot.current as Documents[C]);

  await read.byId('wallets', needs.wallets);
  await read.byId('seats', needs.seats);
  await read.byId('reservations', needs.reservations);
  await read.performances(needs.performances);
  const standingOn = current('seats').flatMap(({ status, holdId }) => (status === 'held' && holdId) || []);
  await read.byId('holds', [...needs.holds, ...standingOn]);
  if (countsHolds(context.config)) {
    const holdersOf = needs.holdersOf.flatMap((id) => slots.holds.get(id)?.current ?? []);
    await read.holdsOf([...needs.holders, ...holdersOf, ...needs.payers.filter((one) => !isLoaded(loaded, one))]);
  }
  const holds = current('holds');
  await read.performances(needs.holdersOf.flatMap((id) => slots.holds.get(id)?.current.performanceId ?? []));
  const isOver = (hold: HoldDoc) => hold.status === 'held' && endOf(hold, loaded.performances) <= now;
  const overdue = holds.filter(isOver).map(({ _id }) => _id);
  const ids = new Set([...needs.holds, ...overdue]);
  const changing = holds.filter(({ _id }) => ids.has(_id));
  for (const hold of changing) doubtSeats(loaded, hold);
  await read.byId(
    'seats',
    changing.flatMap(({ seatIds }) => seatIds),
  );
  const offered = changing.flatMap(({ standbyId }) => standbyId ?? []);
  await read.byId('standbyEntries', [...needs.standbyEntries, ...offered]);
  const standing = new Set(standingOn);
  const atEnd = holds.filter(({ _id }) => standing.has(_id) && overdue.includes(_id));
  const standby = await loadLines(session, context, loaded, read, { ...needs, atEnd, known: lines });
  return createBatchState(slots, {
    ...{ performances: loaded.performances, ...standby },
    blocks: await blocksOf(session, context.models, needs.blocks),
    pendingPayments: await pendingPayments(
      session,
      context.models,
      current('holds').flatMap((hold) => (isOver(hold) ? hold._id : [])),
    ),
  });
}

/** Whether the payer's paid holds are there. */
const isLoaded = ({ holders, payers }: Loaded, payer: Holder) =>
  payers.has(holderKey(payer)) || holders.has(holderKey(payer));

function createReader(
  session: ClientSession,
  context: Pick<Context, 'models' | 'clock' | 'config'>,
  loaded: Loaded,
): BatchReader {
  const { models } = context;
  return {
    async byId<C extends Loadable>(name: C, ids: readonly string[]): Promise<void> {
      const missing = distinct(ids).filter((id) => !loaded.asked[name].has(id));
      if (missing.length === 0) return;
      const filter = { _id: { $in: missing } } as never;
      const docs = await native(models, name).find(filter, { session }).toArray();
      put(loaded, name, missing, docs as unknown as Documents[C][]);
    },
    async performances(ids: readonly string[]): Promise<void> {
      const missing = distinct(ids).filter((id) => !loaded.asked.performances.has(id));
      if (missing.length === 0) return;
      const found = native(models, 'performances').find({ _id: { $in: missing } }, { session });
      putPerformances(loaded, missing, await found.toArray());
    },
    async holdsOf(holders: readonly Holder[]): Promise<void> {
      const missing = holders.filter((holder) => !loaded.holders.has(holderKey(holder)));
      if (missing.length === 0) return;
      putHolds(
        loaded,
        missing,
        await native(models, 'holds').find(holdsFilter(missing, context), { session }).toArray(),
      );
    },
  };
}

/** Always as they are in the database: an operator may have freed one at any moment. */
async function blocksOf(session: ClientSession, models: Models, ids: string[]): Promise<Map<string, BlockDoc>> {
  if (ids.length === 0) return new Map();
  const found = await native(models, 'blocks')
    .find({ _id: { $in: ids } }, { session })
    .toArray();
  return new Map(found.map((block) => [block._id, block]));
}

/** Hold id to the earliest acceptance of a payment that is not finished. */
async function pendingPayments(
  session: ClientSession,
  models: Models,
  holdIds: string[],
): Promise<Map<string, number>> {
  const earliest = new Map<string, number>();
  if (holdIds.length === 0) return earliest;
  const payments = native(models, 'commands').find<{ payload: { holdId: string }; acceptedAt: Date }>(
    { 'payload.holdId': { $in: holdIds }, status: 'accepted', kind: 'payment.pay' },
    { session, projection: { 'payload.holdId': 1, acceptedAt: 1 } },
  );
  for await (const { payload, acceptedAt } of payments) {
    earliest.set(payload.holdId, Math.min(earliest.get(payload.holdId) ?? Infinity, acceptedAt.getTime()));
  }
  return earliest;
}
