import { type Supplies, seatsOfSection } from '../targets/target';

export interface Place {
  performanceId: string;
  /** The request for a hold of this one seat. */
  path: string;
  body: string;
}

const mostOfHall = 5000;

/** Free seats, each once. Neighbours in time are far apart in the hall, as in a real rush. */
export async function freeSeats(supplies: Supplies, count: number): Promise<Place[]> {
  const size = Math.min(mostOfHall, Math.ceil(count / 10) * 10);
  const halls = await supplies.halls(Math.ceil(count / size), size);
  return halls.flatMap(({ performanceId, seatIds }) =>
    scattered(seatIds).map((seatId) => ({
      performanceId,
      path: `/v1/performances/${performanceId}/holds`,
      body: JSON.stringify({ seatIds: [seatId] }),
    })),
  );
}

/** One of each section, then the next of each. */
function scattered(seatIds: string[]): string[] {
  const sections = Math.ceil(seatIds.length / seatsOfSection);
  const all = Array.from({ length: sections * seatsOfSection }, (_, i) => {
    return seatIds[(i % sections) * seatsOfSection + Math.floor(i / sections)];
  });
  return all.filter((seatId) => seatId !== undefined);
}
