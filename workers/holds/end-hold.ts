import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Change, State } from '../handler';
import { freeSeats } from './free-seats';

/** The changes that end a hold without a payment: its seats are free again. */
export function endHold(state: State, hold: HoldDoc, status: 'expired' | 'released', now: Date): Change[] {
  return [{ collection: 'holds', doc: { ...hold, status, endedAt: now } }, ...freeSeats(state, hold._id, hold.seatIds)];
}
