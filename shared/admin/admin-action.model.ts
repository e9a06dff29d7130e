import { Schema } from 'mongoose';

export const adminActions = [
  'concert.create',
  'concert.update',
  'performance.create',
  'performance.update',
  'performance.cancel',
  'seating-plan.import',
  'seating-plan.delete',
  'waiting-room.limit',
  'waiting-room.pause',
  'waiting-room.resume',
  'waiting-room.drain',
  'waiting-room.reset',
  'job.retry',
  'points.charge',
  'top-up.refund',
  'reservation.cancel',
  'reservation.issue',
  'block.create',
  'block.free',
] as const;
type AdminActionKind = (typeof adminActions)[number];

/** One change that an admin made: the audit trail, written in the same transaction as the change and never altered. */
export interface AdminActionDoc {
  /** `act_…`, increasing with time. */
  _id: string;
  /** The admin's user id. */
  adminId: string;
  action: AdminActionKind;
  /** Id of the concert, performance, seating plan, reservation, job, user or top-up. */
  target: string;
  at: Date;
  /** What was asked for, or what changed from what to what. */
  details: Record<string, unknown>;
}

// GET /v1/admin/actions, newest first, needs no index but that of `_id`: ids increase with time.
export const adminActionSchema = new Schema<AdminActionDoc>({
  _id: { type: String, required: true },
  adminId: { type: String, required: true },
  action: { type: String, enum: adminActions, required: true },
  target: { type: String, required: true },
  at: { type: Date, required: true },
  details: { type: Schema.Types.Mixed, required: true },
});
