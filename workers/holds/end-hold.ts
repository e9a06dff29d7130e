import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Change, State } from '../handler';
import { freeSeats } from './free-seats';

/** The changes that end a hold without a payment: its seats are free again, and an offer is over. */
export function endHold(state: State, hold: HoldDoc, status: 'expired' | 'released', now: Date): Change[] {
  return [
    { collection: 'holds', doc: { ...hold, status, endedAt: now } },
    ...endOffer(state, hold, status === 'expired' ? 'lapsed' : 'left', now),
    ...freeSeats(state, hold._id, hold.seatIds),
  ];
}

/** What became of the offer that the hold was, if it was one. */
export function endOffer(state: State, hold: HoldDoc, status: 'taken' | 'lapsed' | 'left', now: Date): Change[] {
  const entry = hold.standbyId === undefined ? undefined : state.standbyEntry(hold.standbyId);
  return entry ? [{ collection: 'standbyEntries', doc: { ...entry, status, live: false, endedAt: now } }] : [];
}
