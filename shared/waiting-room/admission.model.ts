import { Schema } from 'mongoose';

/** Who was admitted by one call to a waiting room, for the feed of events. Kept for KEEP_ADMISSIONS_HOURS; the feed reads the oplog. */
export interface AdmissionDoc {
  /** Concert, and id in the waiting room's stream: a second worker that stores the same does nothing. */
  _id: string;
  concertId: string;
  at: Date;
  /** When MongoDB may delete it. */
  deleteAt: Date;
  /** In the order of admission. `place` is the visitor's id: the first 128 bits of the token's SHA-256, base64url. */
  admitted: { place: string; userId: string }[];
}

export const admissionSchema = new Schema<AdmissionDoc>({
  _id: { type: String, required: true },
  concertId: { type: String, required: true },
  at: { type: Date, required: true },
  deleteAt: { type: Date, required: true },
  admitted: { type: [Schema.Types.Mixed] as never, required: true },
});

admissionSchema.index({ deleteAt: 1 }, { expireAfterSeconds: 0 });
