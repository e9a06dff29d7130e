import { Schema } from 'mongoose';

/** Who owns a lane, until when. Times are the database's. Renewing it touches no fence, so it aborts no group. */
export interface LaneDoc {
  /** Queue name, such as `reservation-03`. */
  _id: string;
  /** Worker id; null when nobody owns it. */
  owner: string | null;
  epoch: number;
  leaseUntil: Date;
  /** The session in which the owner commits (its `lsid` UUID in hex), for the next owner to end. */
  sessionId: string | null;
}

export const laneSchema = new Schema<LaneDoc>({
  _id: { type: String, required: true },
  owner: { type: String, default: null },
  epoch: { type: Number, required: true },
  leaseUntil: { type: Date, required: true },
  sessionId: { type: String, default: null },
});
