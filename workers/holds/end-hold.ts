import type { HoldDoc } from '../../shared/holds/hold.model';
import type { Change, State } from '../handler';

/** The changes that end a hold without a payment: its seats are free again. */
export function endHold(state: State, hold: HoldDoc, status: 'expired' | 'released', now: Date): Change[] {
  const seats = hold.seatIds.map((id) => state.seat(id)).filter((seat) => seat?.holdId === hold._id);
  return [
    { collection: 'holds', doc: { ...hold, status, endedAt: now } },
    ...seats.flatMap((seat): Change[] =>
      seat ? [{ collection: 'seats', doc: { ...seat, status: 'available', holdId: null } }] : [],
    ),
  ];
}
