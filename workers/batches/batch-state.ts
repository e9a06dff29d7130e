import type { BlockDoc } from '../../shared/blocks/block.model';
import type { PerformanceDoc } from '../../shared/concerts/performance.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Documents } from '../../shared/models';
import { type Line, lineId, newLine } from '../../shared/standby/standby.model';
import type { Change, Changeable, Holder, Standby, State } from '../handler';

/** A document as it was loaded (null: there was none) and as it shall be. */
export interface Slot<C extends Changeable> {
  loaded: Documents[C] | null;
  current: Documents[C];
  /** Whether it was not read in the batch's transaction: then others may have changed it. */
  recalled?: boolean;
}

/** The documents of one batch, by collection and id, changed command by command. */
export type Slots = { [C in Changeable]: Map<string, Slot<C>> };

export interface BatchState extends State {
  slots: Slots;
  apply(changes: readonly Change[]): void;
  /** The command is decided. */
  finish(commandId: string): void;
}

/** What else decisions are based upon, and don't change. */
export interface Surroundings {
  performances: ReadonlyMap<string, PerformanceDoc>;
  /** Hold id to the earliest acceptance (ms) of its unfinished payments. */
  pendingPayments: ReadonlyMap<string, number>;
  /** Line id to the number of the last entry that was read, if there are more. */
  readTo: ReadonlyMap<string, number>;
  blocks: ReadonlyMap<string, BlockDoc>;
  /** Of holders, the unfinished command that excludes others. */
  busy: ReadonlyMap<string, string>;
}

export function createBatchState(
  slots: Slots,
  { performances, pendingPayments, readTo, busy, blocks }: Surroundings,
): BatchState {
  const holdIds = new Map<string, Set<string>>();
  const finished = new Set<string>();
  const index = (hold: HoldDoc) => {
    const holder = holderKey(hold);
    holdIds.set(holder, (holdIds.get(holder) ?? new Set()).add(hold._id));
  };
  const allOf = (holder: Holder) =>
    [...(holdIds.get(holderKey(holder)) ?? [])].flatMap((id) => slots.holds.get(id)?.current ?? []);
  for (const { current } of slots.holds.values()) index(current);
  return {
    slots,
    seat: (id) => slots.seats.get(id)?.current,
    hold: (id) => slots.holds.get(id)?.current,
    reservation: (id) => slots.reservations.get(id)?.current,
    performance: (id) => performances.get(id),
    block: (id) => blocks.get(id),
    holdsOf: (holder) => allOf(holder).filter(({ status }) => status === 'paid' || status === 'held'),
    unpaidHoldsOf: (holder) => allOf(holder).filter(({ status }) => status === 'released' || status === 'expired'),
    standbyEntry: (id) => slots.standbyEntries.get(id)?.current,
    liveEntryOf: (holder) =>
      currentOf(slots.standbyEntries).find((entry) => entry.live && holderKey(entry) === holderKey(holder)),
    standby: (line) =>
      standbyOf(slots, line, readTo, (userId) => {
        const command = busy.get(holderKey({ ...line, userId }));
        return command !== undefined && !finished.has(command);
      }),
    wallet: (userId) => slots.wallets.get(userId)?.current ?? { _id: userId, balance: 0, seq: 0 },
    endOf: (hold) => endOf(hold, performances),
    paymentPending: (hold) => (pendingPayments.get(hold._id) ?? Infinity) < endOf(hold, performances).getTime(),
    finish: (commandId) => void finished.add(commandId),
    apply(changes) {
      for (const { collection, doc } of changes) {
        put(slots[collection] as Map<string, Slot<typeof collection>>, doc);
        if (collection === 'holds') index(doc);
      }
    },
  };
}

const currentOf = <C extends Changeable>(map: ReadonlyMap<string, Slot<C>>) =>
  Array.from(map.values(), ({ current }) => current);

/** The lists are made when they are asked for, which is only where somebody waits or joins: they go over all that was read. */
function standbyOf(slots: Slots, line: Line, readTo: Surroundings['readTo'], isBusy: Standby['isBusy']): Standby {
  const id = lineId(line);
  return {
    doc: slots.standbyLines.get(id)?.current ?? newLine(line),
    ...{ isBusy, readTo: readTo.get(id) ?? Infinity },
    get waiting() {
      return currentOf(slots.standbyEntries)
        .filter((entry) => entry.status === 'waiting' && lineId(entry) === id)
        .sort((a, b) => a.number - b.number);
    },
    get free() {
      return currentOf(slots.seats).filter((seat) => seat.status === 'available' && lineId(seat) === id);
    },
  };
}

export function endOf(hold: HoldDoc, performances: ReadonlyMap<string, PerformanceDoc>): Date {
  const cancelledAt = performances.get(hold.performanceId)?.cancelledAt;
  return cancelledAt && cancelledAt < hold.expiresAt ? cancelledAt : hold.expiresAt;
}

/** Of whom, at which performance: holds with the same key count together. */
export const holderKey = ({ userId, performanceId }: Holder) => `${performanceId}/${userId}`;

function put<C extends Changeable>(map: Map<string, Slot<C>>, doc: Documents[C]): void {
  const slot = map.get(doc._id);
  if (slot) slot.current = doc;
  else map.set(doc._id, { loaded: null, current: doc });
}

export function emptySlots(): Slots {
  return {
    seats: new Map(),
    holds: new Map(),
    wallets: new Map(),
    pointEntries: new Map(),
    payments: new Map(),
    reservations: new Map(),
    standbyEntries: new Map(),
    standbyLines: new Map(),
  };
}
