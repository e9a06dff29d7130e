import { Schema } from 'mongoose';
import type { PerformanceDoc } from './performance.model';

/** Rows of seats side by side. Seats are numbered through the whole section, from 1. */
export interface Section {
  /** Without `-`, so that seat ids of different sections never meet. */
  name: string;
  seatsPerRow: number;
  /** Whole points: one price a row, so that their number is the number of rows. */
  rowPrices: number[];
}

/**
 * What a performance is to be, stored before its seats: the same id can't become two different halls, and what a crash
 * interrupted is completed by asking again. `_id` is the performance's id.
 */
export interface SeatingPlanDoc extends Pick<PerformanceDoc, 'refundUntil' | 'cancellationFee'> {
  _id: string;
  concertId: string;
  startsAt: Date;
  /** None where it is made from a kept plan. */
  sections: Section[];
  /** The kept plan that it is made from, and what each of its categories costs. */
  madeFrom?: { planId: string; version: number; seatsTotal: number; prices: CategoryPrice[] };
}

/** Whole points for a seat of the category. */
export interface CategoryPrice {
  category: string;
  price: number;
}

export const seatingPlanSchema = new Schema<SeatingPlanDoc>({
  _id: { type: String, required: true },
  concertId: { type: String, required: true },
  startsAt: { type: Date, required: true },
  refundUntil: { type: Date },
  cancellationFee: { type: Schema.Types.Mixed },
  sections: {
    type: [
      {
        _id: false,
        name: { type: String, required: true },
        seatsPerRow: { type: Number, required: true },
        rowPrices: { type: [Number], required: true },
      },
    ],
    required: true,
  },
  madeFrom: { type: Schema.Types.Mixed },
});
