import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, hasCode, newIdempotencyKey } from '../../../client/src/index';
import type { Booking } from './booking';

const longestMs = 120_000;

/**
 * Buys points as a user would: opens a checkout, pays there, and waits until the points came. At a provider that is not
 * ours, a person has to pay.
 * @returns false when no points are sold here
 */
export async function buyPoints(booking: Booking, client: Client, amount: number): Promise<boolean> {
  const topUp = await client
    .call('POST /v1/points/top-ups', { idempotencyKey: newIdempotencyKey(), body: { amount } })
    .catch((error: unknown) => {
      if (hasCode(error, 'TOP_UPS_CLOSED')) return null;
      throw error;
    });
  if (!topUp?.url) return false;
  booking.log(`${topUp.id}: ${topUp.price} ${topUp.currency} to be paid at ${topUp.url}`);
  if (new URL(topUp.url).hostname === '127.0.0.1') await payAt(booking, topUp.url);
  const deadline = performance.now() + longestMs;
  for (let status: string = topUp.status; status !== 'settled'; ) {
    if (performance.now() > deadline) throw new Error(`${topUp.id} is ${status} after two minutes, not settled.`);
    await sleep(250);
    status = (await client.call('GET /v1/points/top-ups/{topUpId}', { path: { topUpId: topUp.id } })).status;
  }
  booking.log(`${topUp.id} is settled: ${amount} points came`);
  return true;
}

/** Presses the button of our provider's page. */
async function payAt(booking: Booking, url: string): Promise<void> {
  const { status } = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ deed: 'pay' }),
  });
  booking.log(`POST ${new URL(url).pathname} at the provider -> ${status}`);
}
