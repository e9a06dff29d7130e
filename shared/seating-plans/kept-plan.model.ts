import { Schema } from 'mongoose';

/** What may be said of a seat beside its place. A closed list, so that pages have a sign and words for each. */
export const seatAttributes = ['aisle', 'accessible', 'companion', 'restricted-view'] as const;
type SeatAttribute = (typeof seatAttributes)[number];

/** What a seat has where a seating plan says so. Halls of sections, rows and numbers alone have none of it. */
export interface SeatDetails {
  /** What the ticket and the seat say, where that is not the number. */
  label?: string;
  /** To the right, and away from the stage, in units of the plan's own. All seats of a plan have both, or none has. */
  x?: number;
  y?: number;
  attributes?: SeatAttribute[];
  /** Lower is better. */
  rank?: number;
}

/** A seat of a plan. */
export interface PlannedSeat extends SeatDetails {
  /** Of its id, what follows the performance's: `<section>-<number>`, unique in the plan. */
  key: string;
  section: string;
  row: string;
  /** Neighbours differ by one; a number that is left out is an aisle. */
  number: number;
  category: string;
}

/**
 * A seating plan that is kept, to make dates from: its latest version. A version never changes; an edit makes the next one.
 * Dates copy what they are made from (`seatingPlans` has which version that was), so that no read of a sale comes here.
 */
export interface KeptPlanDoc {
  /** The operator's choice. */
  _id: string;
  title: string;
  version: number;
  /** Of title and seats: the same import again is known by it. */
  hash: string;
  /** The last version that a date was made from; null: none was. */
  usedVersion: number | null;
  seatsTotal: number;
  /** In the order of the plan. */
  sections: { name: string; seats: number }[];
  categories: { name: string; seats: number }[];
  hasCoordinates: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** Up to a thousand seats of a version, in order: 50,000 with all their attributes are more than one document holds. */
export interface KeptPlanSeatsDoc {
  /** `<plan>.<version>.<number>`; the number has five digits, so that ids are in the order of the seats. */
  _id: string;
  seats: PlannedSeat[];
}

export const keptPlanSchema = new Schema<KeptPlanDoc>({
  _id: { type: String, required: true },
  title: { type: String, required: true },
  version: { type: Number, required: true },
  hash: { type: String, required: true },
  usedVersion: { type: Number, default: null },
  seatsTotal: { type: Number, required: true },
  sections: { type: Schema.Types.Mixed, required: true },
  categories: { type: Schema.Types.Mixed, required: true },
  hasCoordinates: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
} as never);

export const keptPlanSeatsSchema = new Schema<KeptPlanSeatsDoc>({
  _id: { type: String, required: true },
  seats: { type: Schema.Types.Mixed, required: true },
} as never);
