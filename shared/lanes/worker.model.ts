import { Schema } from 'mongoose';

/** A live worker process, for working out fair shares. Times are the database's. */
export interface WorkerDoc {
  _id: string;
  leaseUntil: Date;
}

export const workerSchema = new Schema<WorkerDoc>({
  _id: { type: String, required: true },
  leaseUntil: { type: Date, required: true },
});
