import { Schema } from 'mongoose';

/** What every group of a lane must match and touch in its transaction; an owner with an older epoch can't write. */
export interface FenceDoc {
  /** Queue name, such as `reservation-03`. */
  _id: string;
  epoch: number;
  /** Where the next group starts in the history of the lane. */
  position: number;
  /** Database time of the last group. */
  touchedAt: Date;
}

export const fenceSchema = new Schema<FenceDoc>({
  _id: { type: String, required: true },
  epoch: { type: Number, required: true },
  position: { type: Number, default: 0 },
  touchedAt: { type: Date, required: true },
});
