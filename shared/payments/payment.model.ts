import { Schema } from 'mongoose';

/** Points given for a hold. */
export interface PaymentDoc {
  _id: string;
  userId: string;
  holdId: string;
  reservationId: string;
  /** Whole points. */
  amount: number;
  paidAt: Date;
  commandId: string;
}

export const paymentSchema = new Schema<PaymentDoc>({
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  holdId: { type: String, required: true },
  reservationId: { type: String, required: true },
  amount: { type: Number, required: true },
  paidAt: { type: Date, required: true },
  commandId: { type: String, required: true },
});

// The last line of "paying twice is one payment".
paymentSchema.index({ holdId: 1 }, { unique: true });
