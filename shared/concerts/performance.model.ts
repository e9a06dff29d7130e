import { Schema } from 'mongoose';

/** One date of a concert. */
export interface PerformanceDoc {
  _id: string;
  concertId: string;
  startsAt: Date;
  seatsTotal: number;
}

export const performanceSchema = new Schema<PerformanceDoc>({
  _id: { type: String, required: true },
  concertId: { type: String, required: true },
  startsAt: { type: Date, required: true },
  seatsTotal: { type: Number, required: true },
});

// GET /concerts/{id}/performances: the dates of a concert in order.
performanceSchema.index({ concertId: 1, startsAt: 1, _id: 1 });
