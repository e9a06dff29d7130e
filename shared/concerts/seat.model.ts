import { Schema } from 'mongoose';
import { type SeatDetails, seatAttributes } from '../seating-plans/kept-plan.model';

export const seatStatuses = ['available', 'held', 'sold', 'blocked'] as const;
export type SeatStatus = (typeof seatStatuses)[number];

/** One numbered place at one performance. `_id` is unique over all performances. */
export interface SeatDoc extends SeatDetails {
  _id: string;
  performanceId: string;
  section: string;
  row: string;
  number: number;
  /** Whole points. */
  price: number;
  status: SeatStatus;
  /** The live hold, or the hold that was paid; null while available or blocked. */
  holdId: string | null;
  /** The block that keeps it from being sold; null, or missing if it never was, unless blocked. */
  blockId?: string | null;
  /** Of a seat that was made from a kept plan: what its price went by, and where it stands in the order of the plan. */
  category?: string;
  order?: number;
}

export const seatSchema = new Schema<SeatDoc>({
  _id: { type: String, required: true },
  performanceId: { type: String, required: true },
  section: { type: String, required: true },
  row: { type: String, required: true },
  number: { type: Number, required: true },
  price: { type: Number, required: true },
  status: { type: String, enum: seatStatuses, default: 'available' },
  holdId: { type: String, default: null },
  blockId: { type: String },
  label: { type: String },
  x: { type: Number },
  y: { type: Number },
  attributes: { type: [{ type: String, enum: seatAttributes }], default: undefined },
  rank: { type: Number },
  category: { type: String },
  order: { type: Number },
});

// GET /performances/{id}/seats, and the free counts of GET /concerts/{id}/performances (covered by status).
// A seat that changes moves in it, so a walk over it could come by twice, or never: every reader asks for a snapshot.
seatSchema.index({ performanceId: 1, status: 1 });
// What a block has still: its count, what is freed with it, and the audit.
seatSchema.index({ blockId: 1 }, { partialFilterExpression: { blockId: { $type: 'string' } } });
