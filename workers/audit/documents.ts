import type { CollectionName, Documents } from '../../shared/models';
import type { CancelledSeat } from '../../shared/reservations/reservation.model';

/** The fields that checks need. Reading is most of an audit's work, so the rest stays in the database. */
export const fields = {
  wallets: ['_id', 'balance', 'seq', 'debt'],
  pointEntries: ['_id', 'userId', 'seq', 'kind', 'amount', 'balanceAfter', 'at', 'commandId', 'paymentId'],
  commands: [
    ...(['_id', 'kind', 'userId', 'payload', 'status', 'acceptedAt', 'dueAt'] as const),
    ...(['finishedAt', 'result', 'problem'] as const),
  ],
  holds: [
    ...(['_id', 'userId', 'performanceId', 'seatIds', 'amount', 'status', 'placedAt', 'expiresAt'] as const),
    ...(['endedAt', 'reservationId', 'commandId', 'expireCommandId', 'complimentary', 'standbyId'] as const),
  ],
  payments: ['_id', 'userId', 'holdId', 'reservationId', 'amount', 'paidAt', 'commandId'],
  reservations: [
    ...(['_id', 'userId', 'holdId', 'paymentId', 'amount', 'reservedAt', 'commandId', 'cancelled'] as const),
    'complimentary',
  ],
  seats: ['_id', 'status', 'holdId', 'blockId', 'performanceId'],
  standbyEntries: [
    ...(['_id', 'userId', 'performanceId', 'section', 'seats', 'maxPrice', 'number', 'status'] as const),
    ...(['joinedAt', 'offeredAt', 'endedAt', 'holdId', 'commandId'] as const),
  ],
  standbyLines: ['_id', 'joined', 'waiting'],
} as const satisfies { [C in CollectionName]?: readonly (keyof Documents[C])[] };

export type Audited = keyof typeof fields;
/** A document as far as the audit reads it. */
type Seen<C extends Audited> = Pick<Documents[C], Extract<(typeof fields)[C][number], keyof Documents[C]>>;

export type SeenWallet = Seen<'wallets'>;
export type SeenEntry = Seen<'pointEntries'>;
export type SeenCommand = Seen<'commands'>;
export type SeenHold = Seen<'holds'>;
export type SeenPayment = Seen<'payments'>;
export type SeenReservation = Seen<'reservations'>;
export type SeenSeat = Seen<'seats'>;

export type SeenEntryOfLine = Seen<'standbyEntries'>;
export type SeenLine = Seen<'standbyLines'>;

/** An entry of a standby line, and what was offered to it. */
export interface SeenStandby extends SeenEntryOfLine {
  line: string;
  /** The highest price of the seats that were offered; null without an offer, or when the hold has been deleted. */
  dearest: number | null;
}

/** A hold (held or paid) or a reservation that names a seat, which was not cancelled. */
export interface Claim {
  seatId: string;
  /** Of the hold, or of the reservation. */
  claimant: string;
  /** The hold, or the hold that the reservation came from. */
  holdId: string;
  status: 'held' | 'paid' | 'reserved';
}

/** A reservation that owns a seat, or did. */
export interface SeatOwnership extends Claim {
  status: 'reserved';
  from: Date;
  /** When it was cancelled; null: it is still owned. */
  until: Date | null;
}

/** A reservation of which something was cancelled. */
export interface SeenSale extends Pick<SeenReservation, '_id' | 'userId' | 'amount'> {
  paymentId: string;
  cancelled: readonly CancelledSeat[];
  /** The prices of the seats that it still owns, together. */
  ownedPrice: number;
}

/** A seat as it was cancelled, and of which reservation. */
export interface SeenCancelled extends CancelledSeat {
  reservationId: string;
}

/** A command of a client's and all that it made: their ids have all but the prefix in common. */
export interface EffectRow {
  command: SeenCommand | undefined;
  hold: SeenHold | undefined;
  /** The `hold.expire` that was written with the hold. */
  expire: SeenCommand | undefined;
  payment: SeenPayment | undefined;
  reservation: SeenReservation | undefined;
  entry: SeenEntry | undefined;
  /** What a charge or a refund gave for a debt. */
  settlement: SeenEntry | undefined;
  standby: SeenEntryOfLine | undefined;
  /** The `standby.offer` that was written with an offer. */
  offer: SeenCommand | undefined;
  /** Seats that the command cancelled. */
  cancelled: readonly SeenCancelled[];
}

/** Collections whose ids follow from those of commands, and what their ids begin with, sorted. */
export const prefixes = {
  commands: ['expire', 'job', 'offer'],
  holds: ['hold'],
  payments: ['pay'],
  reservations: ['res'],
  pointEntries: ['debt', 'entry'],
  standbyEntries: ['standby'],
} as const satisfies { [C in Audited]?: readonly string[] };

export type Derived = keyof typeof prefixes;

/** What the ids of a command and of all that it made have in common: all but the prefix. */
export function commonId(id: string): string {
  return id.slice(id.indexOf('_') + 1);
}
