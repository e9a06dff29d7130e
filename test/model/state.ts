/**
 * What the product promises, in the plainest form that can be compared with it. Written from the domain's rules alone;
 * knows nothing of lanes, groups or stores. Plain data, which JSON can copy. Times are milliseconds.
 */
export interface ModelState {
  rules: { holdMs: number; offerMs: number; maxBalance: number; maxSeats: number };
  performances: Record<string, ModelPerformance>;
  seats: Record<string, ModelSeat>;
  holds: Record<string, ModelHold>;
  blocks: Record<string, { seatIds: string[]; freed: boolean }>;
  wallets: Record<string, ModelWallet>;
  commands: Record<string, ModelCommand>;
  /** By the command that joined, in the order in which they joined: all lines in one. */
  standby: Record<string, ModelEntry>;
}

/** Somebody who waits, or did, for seats of a section. */
export interface ModelEntry {
  userId: string;
  line: string;
  seats: number;
  maxPrice: number | null;
  status: 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left' | 'skipped';
}

export interface ModelPerformance {
  startsAt: number;
  /** Null: until the start. */
  refundUntil: number | null;
  fee: { points: number } | { percent: number };
  cancelledAt: number | null;
}

export interface ModelSeat {
  performanceId: string;
  section: string;
  price: number;
  status: 'available' | 'held' | 'sold' | 'blocked';
  /** Id of the command that placed the hold: what holds are known by here. */
  hold: string | null;
  block: string | null;
}

export interface ModelHold {
  userId: string;
  seatIds: string[];
  amount: number;
  end: number;
  status: 'held' | 'paid' | 'expired' | 'released';
  endedAt: number | null;
  /** Of the command that paid it, or gave it away. */
  paidBy: string | null;
  complimentary: boolean;
  /** Seats that were given up after that, in this order. */
  cancelled: { seatId: string; refunded: number; fee: number; command: string }[];
}

export interface ModelWallet {
  balance: number;
  debt?: number;
  ledger: { kind: 'charge' | 'use' | 'reversal' | 'refund'; amount: number; balanceAfter: number; command: string }[];
}

export type ModelRequest =
  | { kind: 'points.charge' | 'points.use'; amount: number }
  | { kind: 'points.reverse'; amount: number; whole: boolean }
  | { kind: 'hold.place' | 'reservation.issue'; performanceId: string; seatIds: string[] }
  | { kind: 'seat.block' | 'seat.unblock'; block: string; seatIds: string[] }
  | { kind: 'standby.join'; performanceId: string; section: string; seats: number; maxPrice: number | null }
  /** `entry`: the command that joined. */
  | { kind: 'standby.leave' | 'standby.offer'; entry: string | null }
  | { kind: 'standby.close'; performanceId: string; section: string }
  /** `hold`: as the model knows it; null for one that never was. */
  | { kind: 'hold.release' | 'hold.expire' | 'payment.pay'; hold: string | null }
  /** `hold`: the one that was paid; `seatIds` null: all that are left; `stated`: what an operator gives back. */
  | {
      kind: 'reservation.cancel';
      hold: string | null;
      seatIds: string[] | null;
      stated: 'full' | 'none' | number | null;
    };

export interface ModelCommand {
  userId: string;
  request: ModelRequest;
  acceptedAt: number;
  status: 'accepted' | 'done' | 'refused' | 'skipped';
  /** Until when it was put off, if it was. */
  putOff?: number;
}

/** The moment at which commands are carried out together. */
export interface Moment {
  now: number;
  /** Payments that were accepted and not finished when it began: for all commands of the moment they are under way. */
  paying: ReadonlySet<string>;
}

/** What a command must come to. `facts`: of the result, or of what goes with a refusal. */
export interface Prediction {
  status: 'done' | 'refused' | 'skipped' | 'deferred';
  code?: string;
  facts?: Record<string, unknown>;
}

export const done = (facts: Record<string, unknown>): Prediction => ({ status: 'done', facts });
export const refused = (code: string, facts: Record<string, unknown> = {}): Prediction => ({
  status: 'refused',
  code,
  facts,
});

export const deferred: Prediction = { status: 'deferred' };

/** What a wallet owes is taken of what comes in. */
export function settleDebt(wallet: ModelWallet, command: string): { settled?: number } {
  const settled = Math.min(wallet.debt ?? 0, wallet.balance);
  if (!wallet.debt || settled === 0) return {};
  wallet.debt -= settled;
  take(wallet, settled, command);
  return { settled };
}

export function take(wallet: ModelWallet, amount: number, command: string): void {
  if (amount === 0) return;
  wallet.balance -= amount;
  wallet.ledger.push({ kind: 'reversal', amount, balanceAfter: wallet.balance, command });
}

/** The product and the model are not of one mind. */
export class Mismatch extends Error {}
