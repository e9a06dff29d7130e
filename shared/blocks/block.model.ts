import { Schema } from 'mongoose';

/** One command of a block, about seats of one section. */
interface BlockJob {
  id: string;
  section: string;
  /** How many seats. */
  seats: number;
}

/** Seats of one performance that an operator keeps from being sold, until it is freed. */
export interface BlockDoc {
  /** `block_…`, increasing with time. */
  _id: string;
  performanceId: string;
  /** For operators. */
  reason: string;
  /** Whom the seats are for: a sponsor, the promoter, the house. Null: nobody. */
  channel: string | null;
  /** The operator's user id. */
  by: string;
  at: Date;
  /** The operator's Idempotency-Key, and SHA-256 of what was asked for with it. */
  key: string;
  fingerprint: string;
  /** Seats that were asked for; those that were held or sold were left alone. */
  seats: number;
  /** In each of these lanes one after another: see `blockCommands`. */
  jobs: BlockJob[];
  /** When it was freed: what is still blocked by it is freed by commands, and nothing is blocked by it any more. */
  freedAt: Date | null;
  freedBy: string | null;
  freeJobs: BlockJob[];
}

const job = [
  {
    _id: false,
    id: { type: String, required: true },
    section: { type: String, required: true },
    seats: { type: Number, required: true },
  },
];

export const blockSchema = new Schema<BlockDoc>({
  _id: { type: String, required: true },
  performanceId: { type: String, required: true },
  reason: { type: String, required: true },
  channel: { type: String, default: null },
  by: { type: String, required: true },
  at: { type: Date, required: true },
  key: { type: String, required: true },
  fingerprint: { type: String, required: true },
  seats: { type: Number, required: true },
  jobs: { type: job, required: true },
  freedAt: { type: Date, default: null },
  freedBy: { type: String, default: null },
  freeJobs: { type: job, required: true },
});

// Idempotency: one block for an operator's key, decided by the database.
blockSchema.index({ by: 1, key: 1 }, { unique: true });
// The blocks of a performance, newest first.
blockSchema.index({ performanceId: 1, _id: -1 });
