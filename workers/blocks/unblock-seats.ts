import type { Change, Handler, Outcome } from '../handler';

/** Puts seats on sale again that a block has still: not those that were given away since. */
export const unblockSeats: Handler<'seat.unblock'> = {
  needs: ({ payload: { seatIds } }) => ({ seats: seatIds }),
  next: ({ next }) => next,

  decide({ state, command: { payload } }): Outcome {
    const { blockId } = payload;
    const seats = payload.seatIds.flatMap((id) => state.seat(id) ?? []).filter((seat) => seat.blockId === blockId);
    return {
      status: 'done',
      result: { blockId, seatIds: seats.map(({ _id }) => _id) },
      changes: seats.map(
        (seat): Change => ({ collection: 'seats', doc: { ...seat, status: 'available', blockId: null } }),
      ),
    };
  },
};
