import type { Client, Seat } from '../../../client/src/index';
import type { Booking } from './booking';

/** A date and those of its seats that are free. */
export interface FreeSeats {
  performanceId: string;
  seats: Seat[];
}

/**
 * The first date that has a free seat.
 * @throws Error with the remedy when there is none
 */
export async function findFreeSeats(booking: Booking, client: Client, concertId: string): Promise<FreeSeats> {
  booking.step('Which dates are there?');
  const dates = await client.concerts.performances(concertId);
  for (const { id, startsAt, seatsAvailable, seatsTotal } of dates)
    booking.tell(`${id}: ${startsAt}, ${seatsAvailable} of ${seatsTotal} seats free`);
  booking.step('Which seats are free?');
  const all: Seat[] = [];
  for (const { id: performanceId } of dates) {
    const seats = await readSeats(booking, client, performanceId);
    const free = seats.filter(({ status }) => status === 'available');
    if (free.length > 0) return { performanceId, seats: free };
    all.push(...seats);
  }
  throw new Error(whyNone(all, concertId));
}

export async function readSeats(booking: Booking, client: Client, performanceId: string): Promise<Seat[]> {
  const seats = await client.performances.seats(performanceId);
  const count = (wanted: Seat['status']) => seats.filter(({ status }) => status === wanted).length;
  booking.tell(`${count('available')} available, ${count('held')} held, ${count('sold')} sold`);
  return seats;
}

function whyNone(seats: Seat[], concertId: string): string {
  const held = seats.filter(({ status }) => status === 'held').length;
  if (held > 0)
    return `No seat is free: ${held} of ${seats.length} are held. Run this again when their holds have ended.`;
  return (
    `All ${seats.length} seats of ${concertId} are sold. Add a date as admin (POST /v1/admin/concerts/${concertId}/performances, ` +
    'see /docs), or start over: stop the server, remove its data (.frontrow/mongod and .frontrow/redis), start it again.'
  );
}
