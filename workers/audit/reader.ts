import type {
  Claim,
  Derived,
  SeenCommand,
  SeenEntry,
  SeenHold,
  SeenPayment,
  SeenReservation,
  SeenSeat,
  SeenWallet,
} from './documents';
import type { Stream } from './head';
import type { Rules } from './invariants';

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
  /** By id; those of clients (`job_…`) or the ends of holds (`expire_…`). */
  commands(prefix: 'job' | 'expire'): Stream<SeenCommand>;
  /** By id, as the next three. */
  holds(): Stream<SeenHold>;
  payments(): Stream<SeenPayment>;
  reservations(): Stream<SeenReservation>;
  entries(): Stream<SeenEntry>;
  /** By hold. */
  paymentsByHold(): Stream<SeenPayment>;
  /** `hold.release` commands that are done, by hold. */
  releasesByHold(): Stream<SeenCommand>;
  /** `payment.pay` commands that are not finished, by hold. */
  waitingPaysByHold(): Stream<SeenCommand>;
  /** By seat. */
  claims(of: 'holds' | 'reservations'): Stream<Claim>;
  /** By id; those that are not simply available. */
  takenSeats(): Stream<SeenSeat>;
  /** Failed commands that an admin retried. */
  retriedSince(since: Date): Promise<string[]>;
  /** What may have been deleted: see `Rules`. */
  horizon(): Promise<Pick<Rules, 'commandsBefore' | 'holdsBefore'>>;
  /** Ids that no command can have given, unsorted. */
  strayIds(collection: Derived): Stream<{ _id: string }>;
}
