import { type Hall, seatPrice, seatsOfSection } from './target';

export interface PlannedHall extends Hall {
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
