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
  'approval.ask',
  'approval.reject',
  'user.look',
  'holds.look',
  'reservations.look',
  'seat.look',
  'request.look',
  'performance.export',
] as const;
export type AdminActionKind = (typeof adminActions)[number];

/**
 * One change that an admin made, or one look: the audit trail, never altered. A change is written in the transaction of the change, a
 * look before what was looked at is answered.
 */
export interface AdminActionDoc {
  /** `act_…`, increasing with time. */
  _id: string;
  /** The admin's user id. */
  adminId: string;
  action: AdminActionKind;
  /** Nothing was changed: somebody looked at what is about people. Missing for changes. */
  look?: boolean;
  /** Id of the concert, performance, seating plan, reservation, job, user or top-up; of a look-up what was looked for. */
  target: string;
  at: Date;
  /** What was asked for, or what changed from what to what. */
  details: Record<string, unknown>;
}

export const adminActionSchema = new Schema<AdminActionDoc>({
  _id: { type: String, required: true },
  adminId: { type: String, required: true },
  action: { type: String, enum: adminActions, required: true },
  look: { type: Boolean },
  target: { type: String, required: true },
  at: { type: Date, required: true },
  details: { type: Schema.Types.Mixed, required: true },
});

// GET /v1/admin/actions, newest first (ids increase with time): changes apart from looks, which are many more.
adminActionSchema.index({ look: 1, _id: -1 });
