import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { demoConcertId } from '../../shared/concerts/seed-demo';
import { type Booking, createBooking, type Job, type Say } from './booking';
import type { Visitor } from './client';
import { type FreeSeats, findFreeSeats, readSeats, type Seat } from './seats';
import { enter, signIn } from './sign-in';

interface Hold {
  holdId: string;
  seat: Seat;
  amount: number;
  performanceId: string;
}

interface Entry {
  kind: 'charge' | 'use';
  amount: number;
  balanceAfter: number;
}

export interface Reservation {
  id: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
}

/** What is left in the wallet at the end. */
const spare = 500;
const mostLooks = 4;
const triesALook = 5;

/**
 * Books a seat over HTTP as a client would, from sign-in to reservation, and says each step. Can be repeated: every run
 * is somebody new.
 * @throws Error with one clear sentence when something is not as it should be
 */
export async function walk(baseUrl: string, say: Say): Promise<Reservation> {
  const booking = createBooking(baseUrl, say);
  const run = randomBytes(3).toString('hex');
  booking.step('Sign in');
  const mina = await signIn(booking, `Mina ${run}`);
  booking.step('Take a queue token; the room is not limited, so it is active at once');
  const visitor = await enter(booking, mina, demoConcertId);
  const hold = await holdSomething(booking, visitor);
  await refuseSecond(booking, `Jae ${run}`, hold);
  const paid = await chargeAndPay(booking, visitor, hold);
  return readBack(booking, visitor, hold, paid);
}

/** In a rush others take what was free a moment ago: then look again. */
async function holdSomething(booking: Booking, visitor: Visitor): Promise<Hold> {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const hold = await holdOne(booking, visitor, await findFreeSeats(booking, demoConcertId));
    if (hold) return hold;
  }
  throw new Error(`Others were faster ${mostLooks * triesALook} times. Run this again when it is quieter.`);
}

async function holdOne(booking: Booking, visitor: Visitor, { performanceId, seats }: FreeSeats): Promise<Hold | null> {
  booking.step('Hold a seat');
  for (const seat of seats.slice(0, triesALook)) {
    const job = await booking.command(visitor, `/v1/performances/${performanceId}/holds`, { seatIds: [seat.id] });
    if (job.status === 'done') {
      const { holdId, amount } = job.result as { holdId: string; amount: number };
      return { holdId, seat, amount, performanceId };
    }
    expectRefusal(job, 'SEAT_TAKEN');
    booking.tell('somebody was faster; another one then');
  }
  return null;
}

async function refuseSecond(booking: Booking, name: string, { performanceId, seat }: Hold): Promise<void> {
  booking.step('A second user wants the same seat, and is refused');
  const second = await enter(booking, await signIn(booking, name), demoConcertId);
  const job = await booking.command(second, `/v1/performances/${performanceId}/holds`, { seatIds: [seat.id] });
  expectRefusal(job, 'SEAT_TAKEN');
}

async function chargeAndPay(booking: Booking, visitor: Visitor, { holdId, amount }: Hold): Promise<Job> {
  booking.step('Pay: there are no points yet, so it is refused, and the hold lives on');
  expectRefusal(await booking.command(visitor, `/v1/holds/${holdId}/payment`), 'POINTS_INSUFFICIENT');
  booking.step(`Charge ${amount + spare} points`);
  expectDone(await booking.command(visitor, '/v1/points/charges', { amount: amount + spare }));
  booking.step('Pay the same hold');
  return expectDone(await booking.command(visitor, `/v1/holds/${holdId}/payment`));
}

async function readBack(booking: Booking, visitor: Visitor, hold: Hold, paid: Job): Promise<Reservation> {
  booking.step('The reservation');
  const { reservationId } = paid.result as { reservationId: string };
  const reservation = await booking.call<Reservation>(200, 'GET', `/v1/reservations/${reservationId}`, { visitor });
  booking.tell(JSON.stringify(reservation));
  if (reservation.seatIds.join() !== hold.seat.id || reservation.amount !== hold.amount)
    throw new Error(`The reservation should be for ${hold.seat.id} at ${hold.amount} points.`);
  await checkLedger(booking, visitor);
  await checkSeat(booking, hold);
  return reservation;
}

async function checkLedger(booking: Booking, visitor: Visitor): Promise<void> {
  booking.step('The balance and its history');
  const { balance } = await booking.call<{ balance: number }>(200, 'GET', '/v1/points', { visitor });
  const { items } = await booking.call<{ items: Entry[] }>(200, 'GET', '/v1/points/history', { visitor });
  for (const { kind, amount, balanceAfter } of items) booking.tell(`${kind} ${amount}, balance ${balanceAfter}`);
  const sum = items.reduce((total, { kind, amount }) => total + (kind === 'charge' ? amount : -amount), 0);
  if (items.length !== 2 || sum !== balance || balance !== spare)
    throw new Error(`One charge and one use should leave ${spare} points, but the balance is ${balance}.`);
}

/** Seat maps may be a quarter of a second old. */
async function checkSeat(booking: Booking, { performanceId, seat }: Hold): Promise<void> {
  booking.step('The seat map');
  for (let looks = 0; looks < 20; looks += 1) {
    const seats = await readSeats(booking, performanceId);
    if (seats.find(({ id }) => id === seat.id)?.status === 'sold') return booking.tell(`${seat.id} is sold`);
    await sleep(500);
  }
  throw new Error(`The seat map should show ${seat.id} as sold.`);
}

function expectRefusal(job: Job, code: string): void {
  if (job.problem?.code !== code)
    throw new Error(`The job ${job.id} should be refused ${code}, but it is ${job.status} ${job.problem?.code ?? ''}.`);
}

function expectDone(job: Job): Job {
  if (job.status === 'done') return job;
  throw new Error(`The job ${job.id} should be done, but it is ${job.status}: ${job.problem?.code}.`);
}
