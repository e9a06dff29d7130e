import { Schema } from 'mongoose';

/** Seats that are paid for. */
export interface ReservationDoc {
  _id: string;
  userId: string;
  concertId: string;
  performanceId: string;
  seatIds: string[];
  /** Whole points. */
  amount: number;
  holdId: string;
  paymentId: string;
  reservedAt: Date;
  commandId: string;
}

export const reservationSchema = new Schema<ReservationDoc>({
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  concertId: { type: String, required: true },
  performanceId: { type: String, required: true },
  seatIds: { type: [String], required: true },
  amount: { type: Number, required: true },
  holdId: { type: String, required: true },
  paymentId: { type: String, required: true },
  reservedAt: { type: Date, required: true },
  commandId: { type: String, required: true },
});

// GET /reservations: a user's own, newest first (ids increase with time).
reservationSchema.index({ userId: 1, _id: -1 });
// The last line of I5: no seat in two reservations.
reservationSchema.index({ seatIds: 1 }, { unique: true });
