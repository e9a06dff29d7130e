import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Change, State } from '../handler';
import { endHold } from './end-hold';

/** Available, or held past the end of the hold by somebody who is not just paying, if nobody waits for what comes free. */
export function isFree(seat: SeatDoc | undefined, state: State, now: Date): boolean {
  if (!seat) return false;
  if (seat.status !== 'held') return seat.status === 'available';
  const hold = seat.holdId === null ? undefined : state.hold(seat.holdId);
  const isOver = hold !== undefined && hold.expiresAt <= now && !state.paymentPending(hold);
  return isOver && state.standby(hold).doc.waiting === 0;
}

/** Ends the overdue holds that stand on free seats: their other seats become free, and their ends have lost their purpose. */
export function endOverdue(state: State, seats: readonly SeatDoc[], now: Date): { changes: Change[]; skip: string[] } {
  const ids = new Set(seats.flatMap((seat) => (seat.status === 'held' && seat.holdId) || []));
  const overdue = [...ids].flatMap((id): HoldDoc | never[] => state.hold(id) ?? []);
  return {
    changes: overdue.flatMap((hold) => endHold(state, hold, 'expired', now)),
    skip: overdue.flatMap(({ expireCommandId }) => expireCommandId ?? []),
  };
}
