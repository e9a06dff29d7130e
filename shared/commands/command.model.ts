import { Schema } from 'mongoose';
import type { ProblemCode } from '../platform/errors';
import type { CommandKind } from './catalogue';

export const commandStatuses = ['accepted', 'done', 'refused', 'failed', 'skipped'] as const;
type CommandStatus = (typeof commandStatuses)[number];

/** Why a command was refused or failed. */
export interface CommandProblem {
  code: ProblemCode;
  detail: string;
  extra?: Record<string, unknown>;
}

/**
 * A request to change something, stored before the client is answered. It is also the idempotency record and, once
 * final, the outcome that `GET /v1/jobs/{id}` shows.
 */
export interface CommandDoc {
  /** `job_…`, increasing in the order one API process accepted; `expire_…` for the end of a hold, `offer_…` for a standby offer. */
  _id: string;
  kind: CommandKind;
  /** Queue name, such as `reservation-03`. */
  lane: string;
  /** Whose command it is; `hold.expire` belongs to the holder. */
  userId: string;
  payload: unknown;
  /** The client's Idempotency-Key; null for commands that the product makes. */
  key: string | null;
  /** Of the commands with the same one, one may be unfinished: see the catalogue. */
  exclusive?: string;
  /** SHA-256 of kind and payload: the same key with another one is a mistake of the client's. */
  fingerprint: string;
  status: CommandStatus;
  acceptedAt: Date;
  /** When it may be carried out: `acceptedAt`, or the end of the hold for `hold.expire`. */
  dueAt: Date;
  finishedAt: Date | null;
  /** What `done` gave. */
  result: Record<string, unknown> | null;
  /** What `refused` or `failed` gives as the reason. */
  problem: CommandProblem | null;
  /** The epoch of the lane's owner that finished it. */
  epoch: number | null;
  /** The trace of the request that it came from, as a W3C traceparent; only while tracing is on. */
  trace?: string;
  /** The `X-Request-Id` of the request that it came from: what log lines are found by. */
  requestId?: string;
  /** Its place in the history of its lane: increases in the order in which commands took effect. */
  position: number | null;
}

/** What is decided about a command: all of it is as it was accepted. */
export type PendingCommand = Pick<
  CommandDoc,
  '_id' | 'kind' | 'lane' | 'userId' | 'payload' | 'acceptedAt' | 'dueAt' | 'trace' | 'requestId'
>;

export const commandSchema = new Schema<CommandDoc>({
  _id: { type: String, required: true },
  kind: { type: String, required: true },
  lane: { type: String, required: true },
  userId: { type: String, required: true },
  payload: { type: Schema.Types.Mixed, required: true },
  key: { type: String, default: null },
  exclusive: { type: String },
  fingerprint: { type: String, required: true },
  status: { type: String, enum: commandStatuses, required: true },
  acceptedAt: { type: Date, required: true },
  dueAt: { type: Date, required: true },
  finishedAt: { type: Date, default: null },
  result: { type: Schema.Types.Mixed, default: null },
  problem: { type: Schema.Types.Mixed, default: null },
  epoch: { type: Number, default: null },
  trace: { type: String },
  requestId: { type: String },
  position: { type: Number, default: null },
});

// What a lane reads next, in order: its unfinished commands that are due. Finished ones leave the index.
commandSchema.index({ lane: 1, dueAt: 1, _id: 1 }, { partialFilterExpression: { status: 'accepted' } });
// Idempotency: one command for a user's key, decided by the database.
commandSchema.index({ userId: 1, key: 1 }, { unique: true, partialFilterExpression: { key: { $type: 'string' } } });
// One unfinished command of those that exclude each other, decided by the database.
commandSchema.index(
  { exclusive: 1 },
  { unique: true, partialFilterExpression: { status: 'accepted', exclusive: { $type: 'string' } } },
);
// Is a payment for this hold accepted but unfinished? Asked before a hold expires.
commandSchema.index({ 'payload.holdId': 1 }, { partialFilterExpression: { status: 'accepted', kind: 'payment.pay' } });
// A user's commands in the order in which they became final: for GET /v1/jobs/events. Unfinished ones are not in it.
export const finishedOfUser = { userId: 1, finishedAt: 1, _id: 1 } as const;
commandSchema.index(finishedOfUser, {
  partialFilterExpression: { key: { $type: 'string' }, finishedAt: { $gt: new Date(0) } },
});
// GET /v1/admin/requests/{id}: what a request became. What it costs each command: docs/decisions/0015.
commandSchema.index({ requestId: 1 }, { partialFilterExpression: { requestId: { $type: 'string' } } });
// The admin list of failed commands, newest first.
commandSchema.index({ status: 1, _id: -1 }, { partialFilterExpression: { status: 'failed' } });
