import type { PendingCommand } from '../../shared/commands/command.model';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { Context } from '../../shared/context';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Documents } from '../../shared/models';
import type { Config } from '../../shared/platform/config';
import type { Handler, Holder, Needs } from '../handler';
import { handlers } from '../handlers';
import { emptySlots, holderKey, type Slot, type Slots } from './batch-state';

/** What is loaded by id, to be changed. */
export const loadable = ['wallets', 'seats', 'holds', 'reservations', 'standbyEntries', 'standbyLines'] as const;
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
  /** Lanes of the standby lines that are in `slots`, or that are not there. */
  lanesOfLines: Map<string, string>;
}

export function newLoaded(): Loaded {
  const none = () => new Set<string>();
  const asked = {
    ...{ wallets: none(), seats: none(), holds: none(), reservations: none(), performances: none() },
    ...{ standbyEntries: none(), standbyLines: none() },
  };
  return {
    slots: emptySlots(),
    asked,
    performances: new Map(),
    holders: new Set(),
    payers: new Set(),
    lanesOfLines: new Map(),
  };
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
    ...{ standbyEntries: distinct(all('standbyEntries')), standbyLines: distinct(all('standbyLines')) },
    ...{ lines: all('lines'), freedHolds: distinct(all('freedHolds')), wishes: all('wishes') },
  };
}

export const distinct = (ids: readonly string[]) => [...new Set(ids)];

/**
 * Takes up what was read for some ids, or is remembered of them. What was read already stays; what is only remembered gives way to
 * what was read, since others may have changed it.
 */
export function put<C extends Loadable>(
  loaded: Loaded,
  name: C,
  ids: readonly string[],
  docs: Documents[C][],
  recalled = false,
): void {
  const slots = loaded.slots[name] as Map<string, Slot<C>>;
  for (const id of ids) loaded.asked[name].add(id);
  for (const doc of docs) {
    const slot = slots.get(doc._id);
    if (!slot || (slot.recalled && !recalled)) slots.set(doc._id, { loaded: doc, current: doc, recalled });
  }
}

/**
 * Seats of a hold that are remembered as they were before it: somebody else gave them to it, from another lane. They are to be read.
 * Nothing would be written of them, and so nothing would show that they are not as they were decided upon.
 */
export function doubtSeats({ slots, asked }: Loaded, { _id, seatIds }: HoldDoc): void {
  for (const id of seatIds) {
    const slot = slots.seats.get(id);
    if (slot?.recalled && slot.current.holdId !== _id) asked.seats.delete(id);
  }
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

/** What reads more of it in the batch's transaction, leaving out what is there. */
export interface BatchReader {
  byId<C extends Loadable>(name: C, ids: readonly string[]): Promise<void>;
  performances(ids: readonly string[]): Promise<void>;
  holdsOf(holders: readonly Holder[]): Promise<void>;
}
