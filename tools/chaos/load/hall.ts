import { createConcert, layOutSeats, openPerformance } from '../../../api/concerts/set-up';
import { defaultRoom } from '../../../shared/concerts/concert.model';
import type { SeatingPlanDoc } from '../../../shared/concerts/seating-plan.model';
import type { Models } from '../../../shared/models';
import type { Random } from '../../random';

/** The concert of a scenario: one date, one waiting room without limits. */
export interface Hall {
  concertId: string;
  performanceId: string;
  seatIds: string[];
  /** One to three seats that others want too: the window that people look at moves on as the hall sells. */
  someSeats(random: Random): { performanceId: string; seatIds: string[] };
}

export interface HallOptions {
  sections: number;
  seatsPerSection: number;
  /** Whole points. */
  price?: number;
}

/** Seats of a section that people want at a time, and how many requests it takes until the window moves by one. */
const windowSeats = 24;
const requestsPerMove = 3;

export async function buildHall(
  models: Models,
  { sections, seatsPerSection, price = 1000 }: HallOptions,
): Promise<Hall> {
  const [concertId, performanceId] = ['concert_chaos', 'perf_chaos'];
  const names = Array.from({ length: sections }, (_, index) => `S${index + 1}`);
  const createdAt = new Date();
  await createConcert(models, {
    ...{ _id: concertId, title: 'Chaos', opensAt: null, timeZone: null, entryUrl: null, createdAt },
    // A visit outlasts every scenario.
    room: { ...defaultRoom, sessionSeconds: 7200, maxSessionSeconds: 7200 },
  });
  const plan: SeatingPlanDoc = {
    ...{ _id: performanceId, concertId, startsAt: new Date('2030-06-21T19:00:00.000Z') },
    sections: names.map((name) => ({ name, seatsPerRow: seatsPerSection, rowPrices: [price] })),
  };
  await layOutSeats(models, plan);
  await openPerformance(models, plan);
  const seatId = (section: string, number: number) => `${performanceId}-${section}-${(number % seatsPerSection) + 1}`;
  let requests = 0;
  return {
    ...{ concertId, performanceId },
    seatIds: names.flatMap((name) => Array.from({ length: seatsPerSection }, (_, number) => seatId(name, number))),
    someSeats(random) {
      requests += 1;
      const section = random.pick(names);
      const first = Math.floor(requests / requestsPerMove / sections) + random.int(0, windowSeats);
      const count = random.int(1, 3);
      return { performanceId, seatIds: Array.from({ length: count }, (_, index) => seatId(section, first + index)) };
    },
  };
}
