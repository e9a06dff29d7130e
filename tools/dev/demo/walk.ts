import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ErrorCode, PointEntry, Reservation, Seat } from '../../../client/src/index';
import { demoConcertId } from '../seed-demo';
import { type Booking, type CommandResult, createBooking, enter, type Log, signIn, type Visitor } from './booking';
import { buyPoints } from './buy-points';

interface Held {
  holdId: string;
  seat: Seat;
  amount: number;
  performanceId: string;
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
export async function walk(baseUrl: string, log: Log): Promise<Reservation> {
  const booking = createBooking(baseUrl, log);
  const run = randomBytes(3).toString('hex');
  booking.step('Sign in');
  const mina = await signIn(booking, `Mina ${run}`);
  booking.step('Take a queue token; the room is not limited, so it is active at once');
  const visitor = await enter(booking, mina, demoConcertId);
  const held = await holdSomething(booking, visitor);
  await refuseSecond(booking, `Jae ${run}`, held);
  return readBack(booking, visitor, held, await chargeAndPay(booking, visitor, held));
}

/** In a rush others take what was free a moment ago: then look again. */
async function holdSomething(booking: Booking, visitor: Visitor): Promise<Held> {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const held = await holdOne(booking, visitor, await findFreeSeats(booking, visitor.client, demoConcertId));
    if (held) return held;
  }
  throw new Error(`Others were faster ${mostLooks * triesALook} times. Run this again when it is quieter.`);
}

async function holdOne(booking: Booking, visitor: Visitor, { performanceId, seats }: FreeSeats): Promise<Held | null> {
  booking.step('Hold a seat');
  for (const seat of seats.slice(0, triesALook)) {
    const result = await holdSeat(booking, visitor, performanceId, seat);
    if (result.outcome) return { holdId: result.outcome.holdId, seat, amount: result.outcome.amount, performanceId };
    expectRefusal(result, 'SEAT_TAKEN');
    booking.log('somebody was faster; another one then');
  }
  return null;
}

function holdSeat(booking: Booking, { client, queueToken }: Visitor, performanceId: string, { id }: Seat) {
  return booking.command((options) => client.holds.place(performanceId, [id], { ...options, queueToken }));
}

async function refuseSecond(booking: Booking, name: string, { performanceId, seat }: Held): Promise<void> {
  booking.step('A second user wants the same seat, and is refused');
  const second = await enter(booking, await signIn(booking, name), demoConcertId);
  expectRefusal(await holdSeat(booking, second, performanceId, seat), 'SEAT_TAKEN');
}

/** @returns the id of the reservation */
async function chargeAndPay(booking: Booking, { client }: Visitor, held: Held): Promise<string> {
  const pay = () => booking.command((options) => client.holds.pay(held.holdId, options));
  booking.step('Pay: there are no points yet, so it is refused, and the hold lives on');
  expectRefusal(await pay(), 'POINTS_INSUFFICIENT');
  await getPoints(booking, client, held.amount + spare);
  booking.step('Pay the same hold');
  return expectDone(await pay()).reservationId;
}

/** Bought of the payment provider where there is one, else charged. */
export async function getPoints(booking: Booking, client: Client, amount: number): Promise<void> {
  booking.step(`Get ${amount} points`);
  if (await buyPoints(booking, client, amount)) return;
  expectDone(await booking.command((options) => client.points.charge(amount, options)));
}

async function readBack(booking: Booking, { client }: Visitor, held: Held, id: string): Promise<Reservation> {
  booking.step('The reservation');
  const reservation = await client.reservations.get(id);
  booking.log(JSON.stringify(reservation));
  if (reservation.seatIds.join() !== held.seat.id || reservation.amount !== held.amount)
    throw new Error(`The reservation should be for ${held.seat.id} at ${held.amount} points.`);
  await checkLedger(booking, client);
  await checkSeat(booking, client, held);
  return reservation;
}

async function checkLedger(booking: Booking, { points }: Visitor['client']): Promise<void> {
  booking.step('The balance and its history');
  const balance = await points.balance();
  const entries: PointEntry[] = [];
  for await (const entry of points.history()) entries.push(entry);
  for (const { kind, amount, balanceAfter } of entries) booking.log(`${kind} ${amount}, balance ${balanceAfter}`);
  const sum = entries.reduce((total, { kind, amount }) => total + (kind === 'charge' ? amount : -amount), 0);
  if (entries.length !== 2 || sum !== balance || balance !== spare)
    throw new Error(`One charge and one use should leave ${spare} points, but the balance is ${balance}.`);
}

/** Seat maps may be a quarter of a second old. */
async function checkSeat(booking: Booking, client: Visitor['client'], { performanceId, seat }: Held): Promise<void> {
  booking.step('The seat map');
  for (let looks = 0; looks < 20; looks += 1) {
    const seats = await readSeats(booking, client, performanceId);
    if (seats.find(({ id }) => id === seat.id)?.status === 'sold') return booking.log(`${seat.id} is sold`);
    await sleep(500);
  }
  throw new Error(`The seat map should show ${seat.id} as sold.`);
}

function expectRefusal({ outcome, refusal }: CommandResult<object>, code: ErrorCode): void {
  if (refusal?.code !== code)
    throw new Error(`This should be refused ${code}, but it is ${refusal?.code ?? JSON.stringify(outcome)}.`);
}

export function expectDone<R>({ outcome, refusal }: CommandResult<R>): R {
  if (outcome) return outcome;
  throw new Error(`This should be done, but it is refused: ${refusal?.message}.`);
}

/** A date and those of its seats that are free. */
interface FreeSeats {
  performanceId: string;
  seats: Seat[];
}

/**
 * The first date that has a free seat.
 * @throws Error with the remedy when there is none
 */
async function findFreeSeats(booking: Booking, client: Client, concertId: string): Promise<FreeSeats> {
  booking.step('Which dates are there?');
  const dates = await client.concerts.performances(concertId);
  for (const { id, startsAt, seatsAvailable, seatsTotal } of dates)
    booking.log(`${id}: ${startsAt}, ${seatsAvailable} of ${seatsTotal} seats free`);
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

async function readSeats(booking: Booking, client: Client, performanceId: string): Promise<Seat[]> {
  const seats = await client.performances.seats(performanceId);
  const count = (wanted: Seat['status']) => seats.filter(({ status }) => status === wanted).length;
  booking.log(`${count('available')} available, ${count('held')} held, ${count('sold')} sold`);
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
