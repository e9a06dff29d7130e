import { Schema } from 'mongoose';

/** Who was admitted by one call to a waiting room, for the feed of events. Kept for a day; the feed reads the oplog. */
export interface AdmissionDoc {
  /** Concert, and id in the waiting room's stream: a second worker that stores the same does nothing. */
  _id: string;
  concertId: string;
  at: Date;
  /** In the order of admission. `place` is the visitor's id: the first 128 bits of the token's SHA-256, base64url. */
  admitted: { place: string; userId: string }[];
}

const daySeconds = 24 * 60 * 60;

export const admissionSchema = new Schema<AdmissionDoc>({
  _id: { type: String, required: true },
  concertId: { type: String, required: true },
  at: { type: Date, required: true },
  admitted: { type: [Schema.Types.Mixed] as never, required: true },
});

admissionSchema.index({ at: 1 }, { expireAfterSeconds: daySeconds });
