import type { BlockDoc } from '../shared/blocks/block.model';
import type { CommandKind, PayloadOf } from '../shared/commands/catalogue';
import type { CommandDoc, CommandProblem, PendingCommand } from '../shared/commands/command.model';
import type { PerformanceDoc } from '../shared/concerts/performance.model';
import type { SeatDoc } from '../shared/concerts/seat.model';
import type { HoldDoc } from '../shared/holds/hold.model';
import type { Documents } from '../shared/models';
import type { Config } from '../shared/platform/config';
import type { ProblemCode } from '../shared/platform/errors';
import type { WalletDoc } from '../shared/points/wallet.model';
import type { ReservationDoc } from '../shared/reservations/reservation.model';
import type { Line, StandbyEntryDoc, StandbyLineDoc } from '../shared/standby/standby.model';

/** The collections that handlers change. */
export type Changeable =
  | 'seats'
  | 'holds'
  | 'wallets'
  | 'pointEntries'
  | 'payments'
  | 'reservations'
  | 'standbyEntries'
  | 'standbyLines';

/** A document as it shall be after the command: a new one, or a changed one that was loaded. */
export type Change = { [C in Changeable]: { collection: C; doc: Documents[C] } }[Changeable];

/** What a handler may look at: the documents that were loaded, with the changes of earlier commands of the batch. */
export interface State {
  seat(id: string): SeatDoc | undefined;
  hold(id: string): HoldDoc | undefined;
  reservation(id: string): ReservationDoc | undefined;
  performance(id: string): PerformanceDoc | undefined;
  block(id: string): BlockDoc | undefined;
  /** A user's holds of a performance that are paid or not ended yet. */
  holdsOf(holder: Holder): HoldDoc[];
  /** Their holds that ended unpaid of late: at least UNPAID_HOLDS_SECONDS back. */
  unpaidHoldsOf(holder: Holder): HoldDoc[];
  /** An empty wallet for a user who never had points. */
  wallet(userId: string): WalletDoc;
  standbyEntry(id: string): StandbyEntryDoc | undefined;
  /** The user's entry that is waiting or offered. */
  liveEntryOf(holder: Holder): StandbyEntryDoc | undefined;
  /** A line as far as it matters. */
  standby(line: Line): Standby;
  /** When the hold ends: in its time, or when its date was called off before that. */
  endOf(hold: HoldDoc): Date;
  /** Whether a payment for the hold was accepted before the hold's end and is not finished. */
  paymentPending(hold: HoldDoc): boolean;
}

/** People who wait for seats of one section. */
export interface Standby {
  doc: StandbyLineDoc;
  /** In order; all there are, or the first of them. */
  waiting: StandbyEntryDoc[];
  /** The number of the last one that was read, when there are more behind it. */
  readTo: number;
  /** Seats of the section that are free although people wait: for none of them are they enough. */
  free: SeatDoc[];
  /** Whether a command of the user is being decided that must not miss an offer. */
  isBusy(userId: string): boolean;
}

/** Something to do after the commit, safe to repeat and to lose. */
export interface AfterCommit {
  /** End this visitor's queue token, to free the place. */
  finishSession: { concertId: string; userId: string; paymentId: string };
}

export type Outcome =
  | {
      status: 'done';
      result: Record<string, unknown>;
      changes: Change[];
      /** Commands of the product's own to write in the same transaction. */
      schedule?: CommandDoc[];
      /** Unfinished commands that have lost their purpose. */
      skip?: string[];
      after?: AfterCommit;
    }
  | { status: 'refused'; problem: CommandProblem }
  | { status: 'skipped' }
  /** Not yet: to be decided at `until`. */
  | { status: 'deferred'; until: Date };

/** Somebody who holds or owns seats of a performance. */
export interface Holder {
  userId: string;
  performanceId: string;
}

/** Seats that somebody wants to wait for. */
export interface StandbyWish extends Line {
  userId: string;
  seats: number;
  maxPrice?: number;
}

/** Ids that must be loaded before a command can be decided. Seats of a hold, and holds of a seat, come along. */
export interface Needs {
  seats?: string[];
  holds?: string[];
  wallets?: string[];
  reservations?: string[];
  standbyEntries?: string[];
  /** Lines that are changed in any case, or from another lane than their own. */
  standbyLines?: string[];
  /** Lines whose seats may come free: nothing is read of those that are known to be empty. */
  lines?: Line[];
  /** Holds whose seats may come free, from another lane than theirs. */
  freedHolds?: string[];
  /** Wishes to be met by what is free now. */
  wishes?: StandbyWish[];
  performances?: string[];
  blocks?: string[];
  /** Of whom all holds that count for a limit are needed. */
  holders?: Holder[];
  /** Of whom all paid holds are needed, by the lane that carries out all of their payments. */
  payers?: Holder[];
  /** Holds whose holders' all holds are needed. */
  holdersOf?: string[];
}

export interface Decision<K extends CommandKind> {
  state: State;
  command: PendingCommand & { payload: PayloadOf<K> };
  /** The database's time. */
  now: Date;
  config: Config;
}

/** What one kind of command does. Pure: no store, no clock, no randomness, so that it may run any number of times. */
export interface Handler<K extends CommandKind> {
  needs(command: PendingCommand & { payload: PayloadOf<K> }): Needs;
  decide(decision: Decision<K>): Outcome;
  /** Of what nobody waits for and is much: how many seats it writes. See `takeTurns`. */
  bulk?(payload: PayloadOf<K>): number;
  /** The command of the same lane that is due once this one is final, whatever became of it. */
  next?(payload: PayloadOf<K>): string | undefined;
}

/** A refusal is a result, not an error. */
export function refused(code: ProblemCode, detail: string, extra?: Record<string, unknown>): Outcome {
  return { status: 'refused', problem: { code, detail, ...(extra && { extra }) } };
}
