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

interface PlannedHall extends Hall {
  startsAt: string;
  sections: { name: string; rows: number; seatsPerRow: number; price: number }[];
}

const seatsPerRow = 10;
let made = 0;

/** A hall of full sections and what is left over, with the ids that its seats will have. */
export function planHall(count: number): PlannedHall {
  const performanceId = `perf_bench_${process.pid}_${made++}`;
  const sections = Array.from({ length: Math.ceil(count / seatsOfSection) }, (_, i) => {
    const rows = Math.ceil(Math.min(seatsOfSection, count - i * seatsOfSection) / seatsPerRow);
    return { name: `S${i}`, rows, seatsPerRow, price: seatPrice };
  });
  const seatIds = sections.flatMap(({ name, rows }) =>
    Array.from({ length: rows * seatsPerRow }, (_, i) => `${performanceId}-${name}-${i + 1}`),
  );
  return { performanceId, seatIds, sections, startsAt: new Date(Date.now() + 86_400_000).toISOString() };
}
