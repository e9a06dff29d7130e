import { Schema } from 'mongoose';

/** A date that was called off, until all of it is given back and after. */
export interface CallOffDoc {
  /** Of the performance. */
  _id: string;
  /** For operators. */
  reason: string;
  at: Date;
  /** Seats that were held or sold then. */
  seats: number;
  /** When no seat of it was held or sold any more; null until then. */
  finishedAt: Date | null;
}

export const callOffSchema = new Schema<CallOffDoc>({
  _id: { type: String, required: true },
  reason: { type: String, required: true },
  at: { type: Date, required: true },
  seats: { type: Number, required: true },
  finishedAt: { type: Date, default: null },
});

// What is left to do, which workers look for every second: mostly nothing.
callOffSchema.index({ finishedAt: 1 }, { partialFilterExpression: { finishedAt: null } });
