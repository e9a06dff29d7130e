import { Schema } from 'mongoose';

/** A seat that was given up. Its price is what came back and what was kept, together. */
export interface CancelledSeat {
  seatId: string;
  /** Whole points. */
  refunded: number;
  fee: number;
  at: Date;
  /** The `reservation.cancel` that did it. */
  commandId: string;
}

/** Who gave seats away, and why. */
interface Complimentary {
  /** The operator's user id. */
  by: string;
  reason: string;
  /** The record of the operator's action. */
  actionId: string;
}

/** Seats that are paid for, or were given by an operator. */
export interface ReservationDoc {
  _id: string;
  userId: string;
  concertId: string;
  performanceId: string;
  /** Those that are still owned. */
  seatIds: string[];
  /** Those that are not any more; missing while there is none. */
  cancelled?: CancelledSeat[];
  /** Whole points: what was paid, which never changes. */
  amount: number;
  holdId: string;
  /** Null for complimentary ones. */
  paymentId: string | null;
  /** Missing for seats that were paid for, if only with nothing. */
  complimentary?: Complimentary;
  reservedAt: Date;
  commandId: string;
}

export const reservationSchema = new Schema<ReservationDoc>({
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  concertId: { type: String, required: true },
  performanceId: { type: String, required: true },
  seatIds: { type: [String], required: true },
  cancelled: {
    type: [
      {
        _id: false,
        seatId: { type: String, required: true },
        refunded: { type: Number, required: true },
        fee: { type: Number, required: true },
        at: { type: Date, required: true },
        commandId: { type: String, required: true },
      },
    ],
    default: undefined,
  },
  amount: { type: Number, required: true },
  holdId: { type: String, required: true },
  paymentId: { type: String, default: null },
  complimentary: {
    type: {
      _id: false,
      by: { type: String, required: true },
      reason: { type: String, required: true },
      actionId: { type: String, required: true },
    },
    default: undefined,
  },
  reservedAt: { type: Date, required: true },
  commandId: { type: String, required: true },
});

// GET /reservations: a user's own, newest first (ids increase with time).
reservationSchema.index({ userId: 1, _id: -1 });
// The operator's look-ups and exports of a performance, newest first.
reservationSchema.index({ performanceId: 1, _id: -1 });
// The last line of I5: no seat owned by two reservations. A reservation that owns none is not in the index, which would
// take it for a second one without a seat.
reservationSchema.index(
  { seatIds: 1 },
  { name: 'owned_seats', unique: true, partialFilterExpression: { seatIds: { $type: 'string' } } },
);
