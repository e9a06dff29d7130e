import { Schema } from 'mongoose';

/** What takes two people where TWO_PEOPLE is set. */
export const approvableActions = ['waiting-room.reset', 'performance.cancel'] as const;
export type ApprovableAction = (typeof approvableActions)[number];

export const approvalStatuses = ['waiting', 'confirmed', 'rejected', 'expired'] as const;

/** What one person has asked for and a second one must confirm. */
export interface ApprovalDoc {
  /** `appr_…`, increasing with time. */
  _id: string;
  action: ApprovableAction;
  /** Id of the concert or performance. */
  target: string;
  /** What was asked for: the body of the request. */
  request: Record<string, unknown>;
  /** User id. */
  askedBy: string;
  at: Date;
  /** From then on it can't be confirmed any more. */
  expiresAt: Date;
  /** `waiting` also past its end, until the same is asked for again. */
  status: (typeof approvalStatuses)[number];
  /** Who confirmed or rejected it. */
  decidedBy: string | null;
  decidedAt: Date | null;
}

export const approvalSchema = new Schema<ApprovalDoc>({
  _id: { type: String, required: true },
  action: { type: String, enum: approvableActions, required: true },
  target: { type: String, required: true },
  request: { type: Schema.Types.Mixed, required: true },
  askedBy: { type: String, required: true },
  at: { type: Date, required: true },
  expiresAt: { type: Date, required: true },
  status: { type: String, enum: approvalStatuses, required: true },
  decidedBy: { type: String, default: null },
  decidedAt: { type: Date, default: null },
});

// One request waits for each thing that is to be done. The list, newest first, needs no index but that of `_id`.
approvalSchema.index({ action: 1, target: 1 }, { unique: true, partialFilterExpression: { status: 'waiting' } });
