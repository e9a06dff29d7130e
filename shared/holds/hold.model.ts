import { Schema } from 'mongoose';

export const holdStatuses = ['held', 'paid', 'expired', 'released'] as const;
type HoldStatus = (typeof holdStatuses)[number];

/** Seats set aside for one user until `expiresAt`. */
export interface HoldDoc {
  _id: string;
  userId: string;
  concertId: string;
  performanceId: string;
  section: string;
  seatIds: string[];
  /** Whole points: the sum of the seats' prices when they were held. */
  amount: number;
  status: HoldStatus;
  placedAt: Date;
  expiresAt: Date;
  /** When it was paid, expired or released. */
  endedAt: Date | null;
  reservationId: string | null;
  /** Seats that were cancelled after they had been paid; missing while there is none. */
  cancelledSeatIds?: string[];
  /** The standby entry whose turn it was; missing in holds that were asked for. */
  standbyId?: string;
  /** What placed it; of an offer, the command that joined the line. */
  commandId: string;
  /** The `hold.expire` command written with this hold; null for a complimentary one, which is paid from the first. */
  expireCommandId: string | null;
  /** Its seats were given by an operator, and count for no limit. */
  complimentary?: boolean;
}

export const holdSchema = new Schema<HoldDoc>({
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  concertId: { type: String, required: true },
  performanceId: { type: String, required: true },
  section: { type: String, required: true },
  seatIds: { type: [String], required: true },
  amount: { type: Number, required: true },
  status: { type: String, enum: holdStatuses, required: true },
  placedAt: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
  endedAt: { type: Date, default: null },
  reservationId: { type: String, default: null },
  cancelledSeatIds: { type: [String], default: undefined },
  standbyId: { type: String },
  commandId: { type: String, required: true },
  expireCommandId: { type: String, default: null },
  complimentary: { type: Boolean },
});

// A user's holds, newest first.
holdSchema.index({ userId: 1, _id: -1 });
// For the seats that a user has at a performance, and GET /holds of one, newest first.
holdSchema.index({ userId: 1, performanceId: 1, _id: -1 });
// A seat's history, newest first. What it costs each hold: docs/decisions/0015.
holdSchema.index({ seatIds: 1, _id: -1 });
// The last line of I5: no seat in two live holds, whatever the code above it does.
holdSchema.index({ seatIds: 1 }, { unique: true, partialFilterExpression: { status: 'held' } });
