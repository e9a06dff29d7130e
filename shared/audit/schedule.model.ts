import { Schema } from 'mongoose';

/** A job that one worker at a time does now and then. Times are the database's. */
export interface ScheduleDoc {
  /** `audit`, `retention` or `call-offs`. */
  _id: string;
  /** The worker that does it now; null when nobody does. */
  owner: string | null;
  leaseUntil: Date;
  /** Not before this. */
  nextAt: Date;
  /** Of `retention`: nothing that ended later has been deleted. */
  commandsBefore?: Date;
  holdsBefore?: Date;
  /** Of `retention`, by the prefix of ids: how far it has come. */
  walked?: Record<string, string>;
}

export const scheduleSchema = new Schema<ScheduleDoc>(
  {
    _id: { type: String, required: true },
    owner: { type: String, default: null },
    leaseUntil: { type: Date, required: true },
    nextAt: { type: Date, required: true },
    commandsBefore: { type: Date },
    holdsBefore: { type: Date },
    walked: { type: Schema.Types.Mixed },
  },
  { versionKey: false, strict: 'throw' },
);
