import { Schema } from 'mongoose';

/**
 * `pending` until the provider says more; `paid`: the charge is accepted; `settled`: the points came. `held`: paid, but not
 * as asked, or more than the wallet takes; an operator decides. `refunding` until the provider has the refund. `failed` and
 * `expired` are not paid, and may yet be: the provider's word counts.
 */
export const topUpStatuses = [
  ...(['pending', 'paid', 'settled', 'held', 'failed', 'expired', 'refunding', 'refunded'] as const),
] as const;
export type TopUpStatus = (typeof topUpStatuses)[number];

/** Points that a user buys from a payment provider. Prices are in the currency's smallest unit. */
export interface TopUpDoc {
  /** `topup_…`, increasing with time. */
  _id: string;
  userId: string;
  /** The client's Idempotency-Key. */
  key: string;
  /** Whole points. */
  amount: number;
  price: number;
  currency: string;
  returnUrl: string;
  status: TopUpStatus;
  /** Why it is held, or failed. */
  reason: string | null;
  /** The provider's checkout, once its creation was answered; and where the user pays. */
  sessionId: string | null;
  url: string | null;
  /** The provider's payment, once there is one. */
  paymentId: string | null;
  /** What was paid, which may be something else than was asked. */
  paid: { price: number; currency: string } | null;
  /** The `points.charge` that it became. */
  chargeId: string | null;
  /** What the provider has taken back of the price, as far as it has said. */
  takenBack: { refunded: number; disputed: number };
  /** Points that were demanded back for that, or for a refund of ours. */
  reversed: number;
  /** The `points.reverse` that precedes a refund of ours; null where no points came. */
  reversalId: string | null;
  createdAt: Date;
  /** The end of the checkout. */
  expiresAt: Date;
  /** When it was paid, by the database's time at which that was learnt. */
  paidAt: Date | null;
  /** When a worker looks what became of it; null: there is nothing to wait for. */
  pollAt: Date | null;
  /** Looks since the status last changed. */
  polls: number;
}

export const topUpSchema = new Schema<TopUpDoc>({
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  key: { type: String, required: true },
  amount: { type: Number, required: true },
  price: { type: Number, required: true },
  currency: { type: String, required: true },
  returnUrl: { type: String, required: true },
  status: { type: String, enum: topUpStatuses, required: true },
  reason: { type: String, default: null },
  sessionId: { type: String, default: null },
  url: { type: String, default: null },
  paymentId: { type: String, default: null },
  paid: { type: Schema.Types.Mixed, default: null },
  chargeId: { type: String, default: null },
  takenBack: { type: Schema.Types.Mixed, required: true },
  reversed: { type: Number, required: true },
  reversalId: { type: String, default: null },
  createdAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
  paidAt: { type: Date, default: null },
  pollAt: { type: Date, default: null },
  polls: { type: Number, required: true },
});

// One top-up for a user's key, decided by the database.
topUpSchema.index({ userId: 1, key: 1 }, { unique: true });
// One top-up for a payment, decided by the database; refunds and disputes name only that.
topUpSchema.index({ paymentId: 1 }, { unique: true, partialFilterExpression: { paymentId: { $type: 'string' } } });
// How many checkouts of a user are open.
topUpSchema.index({ userId: 1 }, { partialFilterExpression: { status: 'pending' } });
// What workers have to look at next.
topUpSchema.index({ pollAt: 1 }, { partialFilterExpression: { pollAt: { $type: 'date' } } });
// The operator's list, newest first by status.
topUpSchema.index({ status: 1, _id: -1 });
