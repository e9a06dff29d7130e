import { Schema } from 'mongoose';

/** Limits of the waiting room of one concert; null means no limit. */
export interface RoomLimits {
  /** Most visitors active at once. */
  maxActive: number | null;
  /** Most visitors admitted within any 60 seconds. */
  admitPerMinute: number | null;
  /** How long an active visitor may do nothing. */
  sessionSeconds: number;
  /** Longest session, however busy. */
  maxSessionSeconds: number;
  /** How long a silent visitor keeps the place in line. */
  graceSeconds: number;
}

/** A show. Its dates are performances. */
export interface ConcertDoc {
  _id: string;
  title: string;
  /** When the line opens; people who come before it take part in the opening draw. Null: open now. */
  opensAt: Date | null;
  /** Where an admitted visitor goes; null means the API's own address of the concert. */
  entryUrl: string | null;
  /** Of the venue, an IANA name; null, or missing in older documents, means TIME_ZONE. */
  timeZone: string | null;
  room: RoomLimits & {
    paused: boolean;
    /** Nobody new joins. */
    draining: boolean;
    /** Raised by a reset: queue tokens of an earlier epoch are worth nothing. */
    epoch: number;
  };
  createdAt: Date;
}

/**
 * A concert's waiting room: a slice of the concert, so that callers may cache it for about a second. All settings live in
 * MongoDB; Redis holds nothing that only an operator could bring back.
 */
export type Room = Pick<ConcertDoc, '_id' | 'opensAt' | 'entryUrl' | 'room'>;

export const defaultRoom: ConcertDoc['room'] = {
  maxActive: null,
  admitPerMinute: null,
  sessionSeconds: 600,
  maxSessionSeconds: 1800,
  graceSeconds: 120,
  paused: false,
  draining: false,
  epoch: 1,
};

export const concertSchema = new Schema<ConcertDoc>({
  _id: { type: String, required: true },
  title: { type: String, required: true },
  opensAt: { type: Date, default: null },
  entryUrl: { type: String, default: null },
  timeZone: { type: String, default: null },
  room: {
    maxActive: { type: Number, default: defaultRoom.maxActive },
    admitPerMinute: { type: Number, default: defaultRoom.admitPerMinute },
    sessionSeconds: { type: Number, default: defaultRoom.sessionSeconds },
    maxSessionSeconds: { type: Number, default: defaultRoom.maxSessionSeconds },
    graceSeconds: { type: Number, default: defaultRoom.graceSeconds },
    paused: { type: Boolean, default: defaultRoom.paused },
    draining: { type: Boolean, default: defaultRoom.draining },
    epoch: { type: Number, default: defaultRoom.epoch },
  },
  createdAt: { type: Date, required: true },
});

// GET /admin/sales: newest first.
concertSchema.index({ createdAt: -1, _id: 1 });
