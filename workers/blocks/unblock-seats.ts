import type { Change, Handler, Outcome } from '../handler';
import { busyUntil, offerFreed } from '../standby/offer-seats';

/** Gives seats that a block has still to whoever waits, or puts them on sale again: not those that were given away since. */
export const unblockSeats: Handler<'seat.unblock'> = {
  needs: ({ payload }) => ({ seats: payload.seatIds, lines: [payload] }),
  bulk: ({ seatIds }) => seatIds.length,
  next: ({ next }) => next,

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const { payload } = command;
    const { blockId } = payload;
    const seats = payload.seatIds.flatMap((id) => state.seat(id) ?? []).filter((seat) => seat.blockId === blockId);
    const changes = seats.map(
      (seat): Change => ({ collection: 'seats', doc: { ...seat, status: 'available', blockId: null } }),
    );
    const freed = offerFreed(decision, payload, changes);
    if (!freed) return { status: 'deferred', until: busyUntil(now) };
    return { status: 'done', result: { blockId, seatIds: seats.map(({ _id }) => _id) }, ...freed };
  },
};
