import { Schema } from 'mongoose';
import type { ProblemCode } from '../platform/errors';

export const standbyStatuses = ['waiting', 'offered', 'taken', 'lapsed', 'left', 'skipped'] as const;
type StandbyStatus = (typeof standbyStatuses)[number];

/** Where people wait for seats together: one line a section. Its commands have one lane. */
export interface Line {
  performanceId: string;
  section: string;
}

export const lineId = ({ performanceId, section }: Line) => `${performanceId}/${section}`;

/** Somebody's wish for seats of a section that has none to spare. */
export interface StandbyEntryDoc extends Line {
  _id: string;
  userId: string;
  concertId: string;
  /** How many, all or none. */
  seats: number;
  /** Of each seat; null: any. */
  maxPrice: number | null;
  /** The order of the line: gapless from 1, given by the transaction that joins. */
  number: number;
  status: StandbyStatus;
  /** While it is waiting or offered: a user has one such entry of a performance. */
  live: boolean;
  joinedAt: Date;
  /** When it was offered seats. */
  offeredAt: Date | null;
  /** When it was taken, lapsed, left or was skipped. */
  endedAt: Date | null;
  /** The hold that was offered. */
  holdId: string | null;
  /** Why it was skipped. */
  reason?: ProblemCode;
  commandId: string;
}

/**
 * One document for each line. A transaction that lets somebody join, offers seats, or frees seats from another lane writes it, so
 * that of two such transactions one sees what the other did: docs/decisions/0013.
 */
export interface StandbyLineDoc extends Line {
  _id: string;
  /** The last number given. */
  joined: number;
  /** Entries that are waiting. */
  waiting: number;
  /** Raised by each transaction that writes the line. */
  version: number;
}

/** A line that nobody ever joined. */
export const newLine = ({ performanceId, section }: Line): StandbyLineDoc => ({
  ...{ _id: lineId({ performanceId, section }), performanceId, section },
  ...{ joined: 0, waiting: 0, version: 0 },
});

export const standbyEntrySchema = new Schema<StandbyEntryDoc>({
  _id: { type: String, required: true },
  userId: { type: String, required: true },
  concertId: { type: String, required: true },
  performanceId: { type: String, required: true },
  section: { type: String, required: true },
  seats: { type: Number, required: true },
  maxPrice: { type: Number, default: null },
  number: { type: Number, required: true },
  status: { type: String, enum: standbyStatuses, required: true },
  live: { type: Boolean, required: true },
  joinedAt: { type: Date, required: true },
  offeredAt: { type: Date, default: null },
  endedAt: { type: Date, default: null },
  holdId: { type: String, default: null },
  reason: { type: String },
  commandId: { type: String, required: true },
});

// Who waits, in order; places in line are counted in it alone.
standbyEntrySchema.index({ performanceId: 1, section: 1, status: 1, number: 1 });
// GET /standby: a user's own, newest first.
standbyEntrySchema.index({ userId: 1, _id: -1 });
// One live entry of a user and performance, decided by the database.
standbyEntrySchema.index({ userId: 1, performanceId: 1 }, { unique: true, partialFilterExpression: { live: true } });
// Retention: those that ended, oldest first.
standbyEntrySchema.index({ endedAt: 1 }, { partialFilterExpression: { endedAt: { $gt: new Date(0) } } });

export const standbyLineSchema = new Schema<StandbyLineDoc>({
  _id: { type: String, required: true },
  performanceId: { type: String, required: true },
  section: { type: String, required: true },
  joined: { type: Number, required: true },
  waiting: { type: Number, required: true },
  version: { type: Number, required: true },
});

// Lines with people in them, of dates that may be over. Those of one date are found by the beginning of their ids.
standbyLineSchema.index({ performanceId: 1 }, { partialFilterExpression: { waiting: { $gt: 0 } } });
