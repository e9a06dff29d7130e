/** A simulated user with the headers that say who asks. */
export interface Visitor {
  userId: string;
  headers: Record<string, string>;
}

export interface Hall {
  performanceId: string;
  seatIds: string[];
}

/** What steps need to be made of. */
export interface Supplies {
  /** New users, in the concert's waiting room if `join`. */
  visitors(count: number, options: { join: boolean }): Promise<Visitor[]>;
  /** Performances with `count` seats each (a multiple of ten), in sections of 500. */
  halls(halls: number, count: number): Promise<Hall[]>;
}

/** What cases are run against: the product, or a baseline that takes the same requests. */
export interface Target extends Supplies {
  /** On 127.0.0.1. */
  port: number;
}

export const benchConcert = 'concert_bench';
export const seatPrice = 10;
export const seatsOfSection = 500;
