import type { ClientSession } from 'mongodb';
import type { BlockDoc } from '../../shared/blocks/block.model';
import type { PendingCommand } from '../../shared/commands/command.model';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { Context } from '../../shared/context';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { type Documents, type Models, native } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import type { Handler, Holder, Needs } from '../handler';
import { handlers } from '../handlers';
import { type BatchState, createBatchState, emptySlots, endOf, holderKey, type Slot, type Slots } from './batch-state';

/** What is loaded by id, to be changed. */
export const loadable = ['wallets', 'seats', 'holds', 'reservations'] as const;
export type Loadable = (typeof loadable)[number];

/** What has been read for a batch: documents, and what there is none of. */
export interface Loaded {
  slots: Slots;
  /** Ids that were asked for, found or not. */
  asked: Record<Loadable | 'performances', Set<string>>;
  performances: Map<string, PerformanceDoc>;
  /** Holders all of whose holds are in `slots`, and those of whom at least all paid ones are. */
  holders: Set<string>;
  payers: Set<string>;
}

export function newLoaded(): Loaded {
  const none = () => new Set<string>();
  const asked = { wallets: none(), seats: none(), holds: none(), reservations: none(), performances: none() };
  return { slots: emptySlots(), asked, performances: new Map(), holders: new Set(), payers: new Set() };
}

/** Everything that some commands need, together. */
export function needsOf(commands: readonly PendingCommand[]): Required<Needs> {
  const needs = commands.map((command) =>
    (handlers[command.kind] as Handler<typeof command.kind>).needs(command as never),
  );
  const all = <N extends keyof Needs>(name: N) => needs.flatMap((need) => (need[name] ?? []) as never[]);
  return {
    ...{ wallets: distinct(all('wallets')), seats: distinct(all('seats')), holds: distinct(all('holds')) },
    ...{ reservations: distinct(all('reservations')), performances: distinct(all('performances')) },
    blocks: distinct(all('blocks')),
    ...{ holders: all('holders'), payers: all('payers'), holdersOf: all('holdersOf') },
  };
}

const distinct = (ids: readonly string[]) => [...new Set(ids)];

/** Takes up what was read for some ids. What is there already stays: it may have been changed since. */
export function put<C extends Loadable>(
  loaded: Loaded,
  name: C,
  ids: readonly string[],
  docs: Documents[C][],
  recalled = false,
): void {
  const slots = loaded.slots[name] as Map<string, Slot<C>>;
  for (const id of ids) loaded.asked[name].add(id);
  for (const doc of docs) if (!slots.has(doc._id)) slots.set(doc._id, { loaded: doc, current: doc, recalled });
}

export function putPerformances(loaded: Loaded, ids: readonly string[], docs: readonly PerformanceDoc[]): void {
  for (const id of ids) loaded.asked.performances.add(id);
  for (const doc of docs) loaded.performances.set(doc._id, doc);
}

/** Whether holds of a user at a performance are ever counted. */
export const countsHolds = (config: Config) =>
  config.MAX_SEATS_PER_USER > 0 || config.MAX_UNPAID_HOLDS > 0 || config.MAX_UNPAID_HOLDS_PER_SEAT > 0;

/**
 * Holds that count for a limit: paid, held, or ended of late. By users and performances apart, for index bounds as short
 * as can be; `putHolds` keeps what was meant.
 */
export function holdsFilter(holders: readonly Holder[], { clock, config }: Pick<Context, 'clock' | 'config'>) {
  const userId = { $in: distinct(holders.map((holder) => holder.userId)) };
  const performanceId = { $in: distinct(holders.map((holder) => holder.performanceId)) };
  const endedAt = { $gte: new Date(clock.now() - config.UNPAID_HOLDS_SECONDS * 1000) };
  return { userId, performanceId, $or: [{ status: { $in: ['held' as const, 'paid' as const] } }, { endedAt }] };
}

export function putHolds(loaded: Loaded, holders: readonly Holder[], docs: HoldDoc[]): void {
  const wanted = new Set(holders.map(holderKey));
  for (const key of wanted) loaded.holders.add(key);
  const meant = docs.filter((hold) => wanted.has(holderKey(hold)));
  put(
    loaded,
    'holds',
    meant.map(({ _id }) => _id),
    meant,
  );
}

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
  const standing = current('seats').flatMap(({ status, holdId }) => (status === 'held' && holdId) || []);
  await read.byId('holds', [...needs.holds, ...standing]);
  if (countsHolds(context.config)) {
    const holdersOf = needs.holdersOf.flatMap((id) => slots.holds.get(id)?.current ?? []);
    await read.holdsOf([...needs.holders, ...holdersOf, ...needs.payers.filter((one) => !isLoaded(loaded, one))]);
  }
  const holds = current('holds');
  await read.performances(needs.holdersOf.flatMap((id) => slots.holds.get(id)?.current.performanceId ?? []));
  const isOver = (hold: HoldDoc) => hold.status === 'held' && endOf(hold, loaded.performances) <= now;
  const overdue = holds.filter(isOver).map(({ _id }) => _id);
  const changing = new Set([...needs.holds, ...overdue]);
  await read.byId(
    'seats',
    holds.flatMap((hold) => (changing.has(hold._id) ? hold.seatIds : [])),
  );
  const blocks = await blocksOf(session, context.models, needs.blocks);
  return createBatchState(slots, loaded.performances, await pendingPayments(session, context.models, overdue), blocks);
}

/** Whether the payer's paid holds are there. */
const isLoaded = ({ holders, payers }: Loaded, payer: Holder) =>
  payers.has(holderKey(payer)) || holders.has(holderKey(payer));

function createReader(session: ClientSession, context: Pick<Context, 'models' | 'clock' | 'config'>, loaded: Loaded) {
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
