import { Schema } from 'mongoose';

/** Who owns a lane, until when. Times are the database's. Renewing it touches no fence, so it aborts no batch. */
export interface LaneDoc {
  /** Queue name, such as `reservation-03`. */
  _id: string;
  /** Worker id; null when nobody owns it. */
  owner: string | null;
  epoch: number;
  leaseUntil: Date;
  /** The session in which the owner commits (its `lsid` UUID in hex), for the next owner to end. */
  sessionId: string | null;
  /** A kind of command that waits in the lane and that a worker did not know: it is for workers that do. */
  needs?: string;
}

export const laneSchema = new Schema<LaneDoc>({
  _id: { type: String, required: true },
  owner: { type: String, default: null },
  epoch: { type: Number, required: true },
  leaseUntil: { type: Date, required: true },
  sessionId: { type: String, default: null },
  needs: { type: String },
});

/** The fencing token of a lane: every batch matches and moves it in its transaction; an owner with an older epoch can't commit. */
export interface FenceDoc {
  /** Queue name, such as `reservation-03`. */
  _id: string;
  epoch: number;
  /** Where the next batch starts in the history of the lane. */
  position: number;
  /** Database time of the last batch. */
  touchedAt: Date;
}

export const fenceSchema = new Schema<FenceDoc>({
  _id: { type: String, required: true },
  epoch: { type: Number, required: true },
  position: { type: Number, default: 0 },
  touchedAt: { type: Date, required: true },
});

/** A live worker process, for working out fair shares. Times are the database's. */
export interface WorkerDoc {
  _id: string;
  leaseUntil: Date;
  /** The kinds of commands that it carries out; workers of 0.2.0 and before do not say. */
  kinds?: string[];
}

export const workerSchema = new Schema<WorkerDoc>({
  _id: { type: String, required: true },
  leaseUntil: { type: Date, required: true },
  kinds: { type: [String], default: undefined },
});
