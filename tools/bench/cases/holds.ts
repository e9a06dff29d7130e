import { type Supplies, seatsOfSection } from '../targets/target';
import { type Case, command, each, type StepMaker, send } from './case';

const crowd = 512;
const seatsOfVisitor = 4;

/** Every hold takes a seat of its own; each visitor holds four of one hall. */
export const distinctHolds = {
  name: 'hold',
  commands: 1,
  baseline: 'direct',
  usesUp: true,
  async prepare(supplies: Supplies, steps: number): Promise<StepMaker> {
    const seats = await freeSeats(supplies, steps);
    const visitors = await supplies.visitors(Math.ceil(seats.length / seatsOfVisitor), { join: true });
    const next = each(seats.map((seat, i) => ({ ...seat, visitor: visitors[i % visitors.length] })));
    return (wait) => (connection) => {
      const { path, body, visitor } = next() ?? {};
      return visitor && path ? command(connection, path, visitor, wait, body).then(() => {}) : null;
    };
  },
} satisfies Case;

/** Everybody wants one of ten seats: after the first few, each hold is refused for its seat. */
export const hotHolds: Case = {
  name: 'hold, ten hot seats',
  commands: 1,
  baseline: 'direct',
  usesUp: false,
  async prepare(target) {
    const visitors = await target.visitors(crowd, { join: true });
    const [hall] = await target.halls(1, 10);
    let asked = 0;
    return (wait) => (connection) => {
      // Each time another one: nobody comes near the most that one may have.
      const visitor = visitors[asked++ % crowd];
      if (!hall || !visitor) return null;
      const seatId = hall.seatIds[Math.floor(Math.random() * hall.seatIds.length)];
      const body = JSON.stringify({ seatIds: [seatId] });
      return send(connection, `/v1/performances/${hall.performanceId}/holds`, visitor, wait, body).then((answer) => {
        if (wait && !/"status":"done"|SEAT_TAKEN/.test(answer.body)) throw new Error(`${answer.status} ${answer.body}`);
      });
    };
  },
};

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
