import { Schema } from 'mongoose';

/**
 * `reversal`: taken back, since the money that the points were bought with went back. `refund`: what was paid for seats that were
 * given up, or whose date was called off.
 */
export const pointKinds = ['charge', 'use', 'reversal', 'refund'] as const;

/** One line of a wallet's append-only ledger. */
export interface PointEntryDoc {
  _id: string;
  userId: string;
  /** 1, 2, 3 … without gaps for each user. */
  seq: number;
  kind: (typeof pointKinds)[number];
  /** Positive, whole points; `kind` says the direction. */
  amount: number;
  balanceAfter: number;
  at: Date;
  commandId: string;
  /** The payment that used the points, or that they come back from; null for a plain charge or use. */
  paymentId: string | null;
}

export const pointEntrySchema = new Schema<PointEntryDoc>({
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  seq: { type: Number, required: true },
  kind: { type: String, enum: pointKinds, required: true },
  amount: { type: Number, required: true, min: 1 },
  balanceAfter: { type: Number, required: true, min: 0 },
  at: { type: Date, required: true },
  commandId: { type: String, required: true },
  paymentId: { type: String, default: null },
});

// GET /points/history in order; and the last line of I2: no two entries with one number.
pointEntrySchema.index({ userId: 1, seq: 1 }, { unique: true });
// The operator's report of a day.
pointEntrySchema.index({ at: 1 });
