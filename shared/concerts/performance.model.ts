import { Schema } from 'mongoose';

/** What is kept of each seat that its buyer cancels: whole points, or per cent of its price, rounded down. */
export type CancellationFee = { points: number } | { percent: number };

/** One date of a concert. */
export interface PerformanceDoc {
  _id: string;
  concertId: string;
  startsAt: Date;
  seatsTotal: number;
  /** When it was called off: what is accepted from then on is refused, and what is owned is given back. Null or missing: it was not. */
  cancelledAt?: Date | null;
  /** Where it was moved from, last, and when; null or missing: never. */
  moved?: { from: Date; at: Date } | null;
  /** Until when buyers may cancel; never after the start. Null, or missing in those of earlier versions: until the start. */
  refundUntil?: Date | null;
  /** Null: none. */
  cancellationFee?: CancellationFee | null;
}

export const performanceSchema = new Schema<PerformanceDoc>({
  _id: { type: String, required: true },
  concertId: { type: String, required: true },
  startsAt: { type: Date, required: true },
  seatsTotal: { type: Number, required: true },
  cancelledAt: { type: Date, default: null },
  moved: {
    type: { _id: false, from: { type: Date, required: true }, at: { type: Date, required: true } },
    default: null,
  },
  refundUntil: { type: Date, default: null },
  cancellationFee: { type: Schema.Types.Mixed, default: null },
});

// GET /concerts/{id}/performances: the dates of a concert in order.
performanceSchema.index({ concertId: 1, startsAt: 1, _id: 1 });
