import type { Client, Seat } from '../../client/src/index';
import type { Recorder } from './record';

/** Free seats as browsers see them, which hold a map for half a second. */
export interface SeatMaps {
  /** Free seats of each section that has any; null when all seats are sold. */
  free(): Promise<Seat[][] | null>;
}

const maxAgeMs = 500;

export function createSeatMaps(client: Client, performanceIds: string[], recorder: Recorder): SeatMaps {
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<Seat[][] | null> | undefined;

  async function read(): Promise<Seat[][] | null> {
    const sections = new Map<string, Seat[]>();
    let unsold = 0;
    for (const id of performanceIds) {
      for (const seat of await recorder.time('seats', () => client.performances.seats(id))) {
        if (seat.status !== 'sold') unsold += 1;
        if (seat.status !== 'available') continue;
        const section = sections.get(`${id} ${seat.section}`) ?? [];
        section.push(seat);
        sections.set(`${id} ${seat.section}`, section);
      }
    }
    return unsold === 0 ? null : [...sections.values()];
  }

  return {
    free() {
      if (!reading || performance.now() - readAt > maxAgeMs) {
        readAt = performance.now();
        reading = read();
        reading.catch(() => {
          reading = undefined;
        });
      }
      return reading;
    },
  };
}

/** The performance of a seat, of which only the seat's id tells. */
export function performanceOf(seatId: string, section: string): string {
  return seatId.slice(0, seatId.lastIndexOf(`-${section}-`));
}
