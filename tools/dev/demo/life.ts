import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, hasCode, type StandbyPlaces } from '../../../client/src/index';
import { type Booking, enter, signIn, type Visitor } from './booking';
import { expectDone, getPoints } from './walk';

type Place = StandbyPlaces['items'][number];

const price = 1000;
const longestMs = 60_000;
const pollMs = 250;

/**
 * The whole life of a ticket, over HTTP: two seats are bought, one of them is given back, goes to somebody on standby, and then
 * the date is called off. For a date of its own, which an operator makes.
 * @returns false when the password is not that of this server's admin
 * @throws Error with one clear sentence when something is not as it should be
 */
export async function walkLife(booking: Booking, password: string, run: string): Promise<boolean> {
  booking.step('An operator makes a date of two seats');
  const admin = await signInAdmin(booking, password);
  if (!admin) return false;
  const date = await makeDate(admin, run);
  booking.step('Somebody buys both');
  const mina = await enter(booking, await signIn(booking, `Mina life ${run}`), date.concertId);
  const reservationId = await buyBoth(booking, mina, date.performanceId);
  booking.step('The date is sold out: somebody else waits on standby');
  const jae = await signIn(booking, `Jae life ${run}`);
  expectDone(await booking.command((options) => jae.client.standby.join(date.performanceId, { seats: 1 }, options)));
  booking.step('One of the two seats is given back, and the points for it come back');
  const [seatId = ''] = (await mina.client.reservations.get(reservationId)).seatIds;
  await cancel(booking, mina.client, reservationId, seatId);
  booking.step('It is held for whoever waited, before anybody else sees it; payable without a place in the queue');
  await takeOffer(booking, jae.client);
  booking.step('The date is called off');
  await callOff(booking, admin, date.performanceId, run);
  booking.step('Everybody has back what they paid');
  await allIsBack(booking, mina.client, 2 * price);
  await allIsBack(booking, jae.client, price);
  return true;
}

async function signInAdmin(booking: Booking, password: string): Promise<Client | null> {
  try {
    return booking.clientOf((await booking.clientOf().signIn({ name: 'admin', password })).token);
  } catch (error) {
    if (hasCode(error, 'UNAUTHENTICATED')) return null;
    throw error;
  }
}

async function makeDate(admin: Client, run: string) {
  const [concertId, performanceId] = [`concert_life_${run}`, `perf_life_${run}`];
  await admin.call('POST /v1/admin/concerts', { body: { id: concertId, title: `The Life of a Ticket ${run}` } });
  await admin.call('POST /v1/admin/concerts/{concertId}/performances', {
    path: { concertId },
    body: {
      ...{ id: performanceId, startsAt: '2035-06-21T10:00:00.000Z' },
      sections: [{ name: 'A', rows: 1, seatsPerRow: 2, price }],
    },
  });
  return { concertId, performanceId };
}

async function buyBoth(booking: Booking, { client, queueToken }: Visitor, performanceId: string): Promise<string> {
  const best = { seats: 2 };
  const place = await booking.command((options) =>
    client.holds.placeBest(performanceId, best, { ...options, queueToken }),
  );
  await getPoints(booking, client, 2 * price);
  const paid = await booking.command((options) => client.holds.pay(expectDone(place).holdId, options));
  return expectDone(paid).reservationId;
}

async function cancel(booking: Booking, client: Client, reservationId: string, seatId: string): Promise<void> {
  const given = { seatIds: [seatId] };
  const outcome = await booking.command((options) =>
    client.reservations.cancel(reservationId, { ...options, ...given }),
  );
  const { refunded } = expectDone(outcome);
  if (refunded !== price) throw new Error(`${price} points should have come back, not ${refunded}.`);
}

async function takeOffer(booking: Booking, client: Client): Promise<void> {
  const { holdId } = await until('the seat should be offered', async () => {
    const { items } = await client.call('GET /v1/standby', {});
    return items.find((place): place is Place & { holdId: string } => place.status === 'offered');
  });
  await getPoints(booking, client, price);
  expectDone(await booking.command((options) => client.holds.pay(holdId, options)));
}

async function callOff(booking: Booking, admin: Client, performanceId: string, run: string): Promise<void> {
  const path = { performanceId };
  await admin.call('POST /v1/admin/performances/{performanceId}/cancellation', {
    path,
    body: { reason: `demo ${run}` },
  });
  const { seats, finishedAt } = await until('the date should be given back', async () => {
    const progress = await admin.call('GET /v1/admin/performances/{performanceId}/cancellation', { path });
    return progress.finishedAt !== null && progress;
  });
  booking.log(`${seats} seats are given back, by ${finishedAt}`);
}

/** The wallet holds what was put into it: all that was paid has come back. */
async function allIsBack(booking: Booking, { points }: Client, put: number): Promise<void> {
  for await (const { kind, amount, balanceAfter } of points.history())
    booking.log(`${kind} ${amount}, balance ${balanceAfter}`);
  const balance = await points.balance();
  if (balance !== put) throw new Error(`${put} points were paid and came back, but the balance is ${balance}.`);
}

async function until<T>(what: string, look: () => Promise<T>): Promise<Exclude<T, false | undefined>> {
  const deadline = performance.now() + longestMs;
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, false | undefined>;
    if (performance.now() > deadline) throw new Error(`After ${longestMs / 1000} s ${what}.`);
    await sleep(pollMs);
  }
}
