import type { Holder, State } from '../handler';

/** How many seats a user has at a performance: paid, held, or in a hold that is over while its payment is under way. */
export function seatsOf(state: State, holder: Holder, now: Date): number {
  return state
    .holdsOf(holder)
    .filter((hold) => hold.status === 'paid' || hold.expiresAt > now || state.paymentUnderWay(hold))
    .reduce((sum, hold) => sum + hold.seatIds.length, 0);
}
