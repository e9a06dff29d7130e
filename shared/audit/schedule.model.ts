import { Schema } from 'mongoose';

/** A job that one worker at a time does now and then. Times are the database's. */
export interface ScheduleDoc {
  /** `audit`. */
  _id: string;
  /** The worker that does it now; null when nobody does. */
  owner: string | null;
  leaseUntil: Date;
  /** Not before this. */
  nextAt: Date;
}

export const scheduleSchema = new Schema<ScheduleDoc>(
  {
    _id: { type: String, required: true },
    owner: { type: String, default: null },
    leaseUntil: { type: Date, required: true },
    nextAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
