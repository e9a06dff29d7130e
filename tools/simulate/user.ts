import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient, FrontrowError, hasCode, type Queue, type Seat } from '../../client/src/index';
import type { Random } from '../random';
import type { Ending, Recorder } from './record';
import type { Sale } from './sale';

export interface SaleContext {
  /** Everybody's, before they sign in. */
  open: Client;
  url: string;
  fetch: typeof fetch;
  sale: Sale;
  seatMaps: SeatMaps;
  recorder: Recorder;
  random: Random;
  thinkMs: number;
  /** Called when all seats are sold: nobody needs to wait any longer. */
  soldOut(): void;
}

/** How often somebody who was not fast enough tries other seats. */
const mostTries = 6;

/**
 * One user, from sign-in to the ticket. Never throws: whatever ends the visit is noted.
 * @param signal aborted when the sale is over, or stopped
 */
export async function playUser(context: SaleContext, name: string, signal: AbortSignal): Promise<Ending> {
  const { recorder } = context;
  let queue: Queue | undefined;
  recorder.now.arrived += 1;
  try {
    const client = await signIn(context, name, signal);
    queue = client.queue(context.sale.concertId);
    await waitInLine(context, queue, signal);
    const leave = countInside(recorder);
    try {
      return await buy(context, client, queue, leave, signal);
    } finally {
      leave();
    }
  } catch (error) {
    if (signal.aborted) return signal.reason === 'sold out' ? 'too late' : 'stopped';
    if (!(error instanceof FrontrowError)) throw error;
    recorder.refused(error.code);
    return 'turned away';
  }
}

async function signIn({ url, fetch, open, recorder }: SaleContext, name: string, signal: AbortSignal): Promise<Client> {
  const { token } = await recorder.time('sign-in', () => open.signIn({ name }, { signal }));
  return createClient({ baseUrl: url, fetch, token, onAnswer: recorder.answered });
}

async function waitInLine({ recorder }: SaleContext, queue: Queue, signal: AbortSignal): Promise<void> {
  const { now, startedAt, latencies } = recorder;
  const asked = performance.now();
  let joined: number | undefined;
  try {
    for await (const { status, activeUntilAtMost } of queue.wait({ signal })) {
      if (joined === undefined) {
        joined = performance.now() - startedAt;
        latencies.join.push(performance.now() - asked);
        now.waiting += 1;
      }
      if (status === 'active') recorder.entered(joined, activeUntilAtMost);
    }
  } finally {
    if (joined !== undefined) now.waiting -= 1;
  }
}

/** Until what frees the place is sent: after that somebody else may be inside before the answer is back. */
function countInside({ now }: Recorder): () => void {
  let counted = 1;
  now.inside += 1;
  return () => {
    now.inside -= counted;
    counted = 0;
  };
}

async function buy(
  context: SaleContext,
  client: Client,
  queue: Queue,
  leave: () => void,
  signal: AbortSignal,
): Promise<Ending> {
  const { recorder } = context;
  const held = await holdSeats(context, client, queue, signal);
  if (typeof held === 'string') {
    leave();
    await queue.leave().catch(() => undefined);
    return held;
  }
  const { holdId, seatIds, amount } = held;
  await think(context, signal);
  await recorder.time('charge', () => client.points.charge(amount));
  await think(context, signal);
  leave();
  const { reservationId } = await recorder.time('pay', () => client.holds.pay(holdId));
  recorder.now.sold += seatIds.length;
  recorder.purchases.push({ holdId, seatIds });
  await checkReservation(context, client, reservationId, seatIds);
  return 'bought';
}

async function holdSeats(context: SaleContext, client: Client, queue: Queue, signal: AbortSignal) {
  const { recorder, random, seatMaps } = context;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const sections = await seatMaps.free();
    if (sections === null) context.soldOut();
    const wanted = choose(random, sections ?? []);
    const [first] = wanted;
    if (!first) return 'too late';
    await think(context, signal);
    const performanceId = performanceOf(first.id, first.section);
    const seatIds = wanted.map(({ id }) => id);
    try {
      return await recorder.time('hold', () => client.holds.place(performanceId, seatIds, { queueToken: queue.token }));
    } catch (error) {
      if (!hasCode(error, 'SEAT_TAKEN')) throw error;
      recorder.refused(error.code);
    }
  }
  return 'too slow';
}

/** One to three seats side by side, or what comes near it, in some section. */
function choose(random: Random, sections: Seat[][]): Seat[] {
  const free = sections.length > 0 ? random.pick(sections) : [];
  const wanted = 1 + Math.floor(random.next() * 3);
  const from = Math.max(0, Math.floor(random.next() * (free.length - wanted + 1)));
  return free.slice(from, from + wanted);
}

async function think({ random, thinkMs }: SaleContext, signal: AbortSignal): Promise<void> {
  await sleep(random.exponential(thinkMs));
  // Who holds seats goes on; only a stop ends it all.
  if (signal.aborted && signal.reason !== 'sold out') signal.throwIfAborted();
}

/** What is paid must be reserved. */
async function checkReservation(
  { recorder }: SaleContext,
  client: Client,
  id: string,
  seatIds: string[],
): Promise<void> {
  try {
    const reserved = await recorder.time('reservation', () => client.reservations.get(id));
    if (reserved.seatIds.join() !== seatIds.join())
      recorder.violations.push(`${id} is for ${reserved.seatIds.join()}, but ${seatIds.join()} was paid`);
  } catch (error) {
    if (!hasCode(error, 'RESERVATION_NOT_FOUND')) throw error;
    recorder.violations.push(`${seatIds.join()} was paid, but there is no ${id}`);
  }
}

/** Free seats as browsers see them, which hold a map for half a second. */
interface SeatMaps {
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

/** The performance of a seat, which only the seat's id names. */
function performanceOf(seatId: string, section: string): string {
  return seatId.slice(0, seatId.lastIndexOf(`-${section}-`));
}
