import { setTimeout as sleep } from 'node:timers/promises';
import type { Booking } from './booking';
import type { Visitor } from './client';

interface QueueToken {
  token: string;
  status: string;
  position: number | null;
  pollAfterSeconds: number | null;
  activeUntil: string | null;
}

const longestWaitMs = 120_000;

export async function signIn(booking: Booking, name: string): Promise<Visitor> {
  const remedy = { 404: 'This server signs nobody in: start it with SIGN_IN=true, as npm start does.' };
  const asked = { body: { name }, remedy };
  const { token, userId } = await booking.call<{ token: string; userId: string }>(200, 'POST', '/v1/sign-in', asked);
  booking.tell(`${name} is ${userId}`);
  return { name, token };
}

/** Takes a place in line, and waits there if there is one. */
export async function enter(booking: Booking, visitor: Visitor, concertId: string): Promise<Visitor> {
  const path = `/v1/concerts/${concertId}/queue-token`;
  const remedy = { 404: `There is no ${concertId} at this server: npm start makes it.` };
  let state = await booking.call<QueueToken>(200, 'POST', path, { visitor, remedy });
  const inLine: Visitor = { ...visitor, queueToken: state.token };
  const deadline = performance.now() + longestWaitMs;
  while (state.status === 'waiting') {
    booking.tell(`waiting, position ${state.position ?? 'not drawn yet'}; next look in ${state.pollAfterSeconds} s`);
    if (performance.now() > deadline)
      throw new Error(
        `Still in line after two minutes: an admin has limited or paused the waiting room of ${concertId}.`,
      );
    await sleep((state.pollAfterSeconds ?? 1) * 1000);
    state = await booking.call<QueueToken>(200, 'GET', path, { visitor: inLine });
  }
  if (state.status !== 'active') throw new Error(`The queue token should be active, but it is ${state.status}.`);
  booking.tell(`active until ${state.activeUntil}`);
  return inLine;
}
