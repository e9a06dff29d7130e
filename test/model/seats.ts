import { endHold, isBeingPaid } from './holds';
import { lineOf, waitingIn } from './standby';
import type { ModelState, Moment } from './state';

/** A hold that is over, and that nobody is just paying for, gives its seats to whoever waits; or else to whoever asks. */
export function isFree(state: ModelState, seatId: string, moment: Moment): boolean {
  const seat = state.seats[seatId];
  if (seat?.status === 'available') return true;
  const hold = state.holds[seat?.hold ?? ''];
  return (
    seat?.status === 'held' &&
    hold !== undefined &&
    hold.end <= moment.now &&
    !isBeingPaid(state, seat.hold, moment) &&
    waitingIn(state, lineOf(seat)).length === 0
  );
}

/** Ends the holds that are over and stand on the seats. */
export function releaseOverdue(state: ModelState, seatIds: readonly string[], { now }: Moment): void {
  for (const id of seatIds) endHold(state, state.seats[id]?.hold ?? '', 'expired', now);
}
