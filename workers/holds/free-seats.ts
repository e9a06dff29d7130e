import type { Change, State } from '../handler';

/**
 * The changes that give seats back: the one way for a seat to become free, whatever ended the hold or the sale.
 * Seats that stand on another hold by now stay as they are.
 */
export function freeSeats(state: State, holdId: string, seatIds: readonly string[]): Change[] {
  return seatIds.flatMap((id): Change[] => {
    const seat = state.seat(id);
    if (seat?.holdId !== holdId) return [];
    return [{ collection: 'seats', doc: { ...seat, status: 'available', holdId: null } }];
  });
}
