import { hasCode } from '../../../client/src/index';
import type { Booking, Visitor } from './booking';

const longestWaitMs = 120_000;

export async function signIn(booking: Booking, name: string): Promise<Visitor> {
  const { token, userId } = await booking
    .clientOf()
    .signIn({ name })
    .catch((error: unknown) => {
      if (!hasCode(error, 'NOT_FOUND')) throw error;
      throw new Error('This server signs nobody in: start it with SIGN_IN=true, as npm start does.');
    });
  booking.tell(`${name} is ${userId}`);
  return { client: booking.clientOf(token), queueToken: null };
}

/** Takes a place in line, and waits there if there is one. */
export async function enter(booking: Booking, { client }: Visitor, concertId: string): Promise<Visitor> {
  const queue = client.queue(concertId);
  const deadline = performance.now() + longestWaitMs;
  try {
    for await (const { status, position, pollAfterSeconds, activeUntil } of queue.wait()) {
      if (status === 'active') booking.tell(`active until ${activeUntil}`);
      else booking.tell(`waiting, position ${position ?? 'not drawn yet'}; next look in ${pollAfterSeconds} s`);
      if (performance.now() > deadline) throw new Error(`Still in line after two minutes: ${why(concertId)}.`);
    }
  } catch (error) {
    if (!hasCode(error, 'CONCERT_NOT_FOUND')) throw error;
    throw new Error(`There is no ${concertId} at this server: npm start makes it.`);
  }
  return { client, queueToken: queue.token };
}

const why = (concertId: string) => `an admin has limited or paused the waiting room of ${concertId}`;
