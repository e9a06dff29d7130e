import type { AdminActionDoc } from '../../shared/admin/admin-action.model';
import type { BlockDoc } from '../../shared/blocks/block.model';
import type { PayloadOf } from '../../shared/commands/catalogue';
import type { CallOffDoc } from '../../shared/concerts/call-off.model';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import type { TopUpDoc } from '../../shared/top-ups/top-up.model';
import type {
  Claim,
  Derived,
  SeatOwnership,
  SeenCancelled,
  SeenCommand,
  SeenEntry,
  SeenEntryOfLine,
  SeenHold,
  SeenLine,
  SeenPayment,
  SeenReservation,
  SeenSale,
  SeenSeat,
  SeenStandby,
  SeenWallet,
} from './documents';
import type { Stream } from './head';
import type { Rules } from './invariants';

/** A charge that names where it came from, and what there is of that. */
export interface SeenSource {
  _id: string;
  userId: string;
  payload: PayloadOf<'points.charge'>;
  topUp: Pick<TopUpDoc, 'userId' | 'amount' | 'chargeId' | 'paymentId'>[];
  action: Pick<AdminActionDoc, 'target' | 'details'>[];
}

/** A top-up that became a charge, and that one. */
interface SeenTopUp extends Pick<TopUpDoc, '_id' | 'chargeId'> {
  charge: { payload: PayloadOf<'points.charge'> }[];
}

/** Points of one user, `_id`: demanded back, taken for that, and owed. */
export interface SeenTakenBack {
  _id: string;
  demanded: number;
  taken: number;
  debt: number;
}

/** The seats that one block has, together, and the block. */
export interface SeenBlock {
  /** Of the block. */
  _id: string;
  seats: number;
  performanceIds: string[];
  sections: string[];
  block: Pick<BlockDoc, 'performanceId' | 'seats' | 'jobs' | 'freedAt'>[];
}

/** A complimentary reservation, and the record of the action that it names. */
export interface SeenGiven
  extends Pick<ReservationDoc, '_id' | 'commandId' | 'userId' | 'amount' | 'paymentId' | 'cancelled'> {
  complimentary: NonNullable<ReservationDoc['complimentary']>;
  action: Pick<AdminActionDoc, 'adminId' | 'details'>[];
}

/**
 * The data of one moment, in sorted streams. Everything that one reader gives belongs together, however long it takes
 * and whatever is written meanwhile.
 */
export interface AuditReader {
  /** The database's time, from before that moment. */
  now: Date;
  /** By user. */
  wallets(): Stream<SeenWallet>;
  /** By user, then by number. */
  ledger(): Stream<SeenEntry>;
  /** By id; those of clients (`job_…`), the ends of holds (`expire_…`), or those of offers (`offer_…`). */
  commands(prefix: 'job' | 'expire' | 'offer'): Stream<SeenCommand>;
  /** By id, as the next four. */
  holds(): Stream<SeenHold>;
  payments(): Stream<SeenPayment>;
  reservations(): Stream<SeenReservation>;
  entries(prefix: 'entry' | 'debt'): Stream<SeenEntry>;
  standbyEntries(): Stream<SeenEntryOfLine>;
  /** By hold. */
  paymentsByHold(): Stream<SeenPayment>;
  /** `hold.release` commands that are done, by hold. */
  releasesByHold(): Stream<SeenCommand>;
  /** `standby.leave` commands that gave back what was offered, by the hold that it was. */
  leavesByHold(): Stream<SeenCommand>;
  /** `payment.pay` commands that are not finished, by hold. */
  waitingPaysByHold(): Stream<SeenCommand>;
  /** Of holds, by seat. */
  claims(): Stream<Claim>;
  /** By seat: of reservations, whether they own it or did. */
  ownerships(): Stream<SeatOwnership>;
  /** Seats that were cancelled, by command. */
  cancelledSeats(): Stream<SeenCancelled>;
  /** Reservations with such seats, by payment. */
  salesWithRefunds(): Stream<SeenSale>;
  /** Entries of kind `refund`, by payment. */
  refunds(): Stream<SeenEntry>;
  /** By id; those that are not simply available. */
  takenSeats(): Stream<SeenSeat>;
  /** Charges of cashiers and of top-ups, unsorted; and the other way round. */
  sources(): Stream<SeenSource>;
  chargedTopUps(): Stream<SeenTopUp>;
  /** Of everybody of whom points were demanded back, or who owes some. */
  takenBack(): Stream<SeenTakenBack>;
  /** Of all blocked seats, by block, unsorted. */
  blocks(): Stream<SeenBlock>;
  /** Unsorted. */
  given(): Stream<SeenGiven>;
  /** By line, then by number. */
  standbyByLine(): Stream<SeenStandby>;
  /** Unsorted. */
  standbyLines(): Stream<SeenLine>;
  /** Free seats of lines in which somebody waits, unsorted. */
  freeBesideLines(): Stream<{ line: string; price: number }>;
  /** Failed commands that an admin retried. */
  retriedSince(since: Date): Promise<string[]>;
  /** What may have been deleted: see `Rules`. */
  horizon(): Promise<Pick<Rules, 'commandsBefore' | 'holdsBefore'>>;
  /** Dates that were called off: there are few. */
  callOffs(): Promise<Pick<CallOffDoc, '_id' | 'at' | 'finishedAt'>[]>;
  /** Ids that no command can have given, unsorted. */
  strayIds(collection: Derived): Stream<{ _id: string }>;
}
