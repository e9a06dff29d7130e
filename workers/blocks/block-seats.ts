import type { SeatDoc } from '../../shared/concerts/seat.model';
import type { Change, Handler, Outcome } from '../handler';
import { endOverdue, isFree } from '../holds/free-to-take';
import { performanceCancelled } from '../holds/performance-cancelled';

/**
 * Keeps seats from being sold, those that are free: what is held, sold or blocked already is named and left alone. Nothing is
 * blocked by a block that was freed: what frees it may have come first.
 */
export const blockSeats: Handler<'seat.block'> = {
  needs: ({ payload: { blockId, performanceId, seatIds } }) => ({
    ...{ seats: seatIds, performances: [performanceId], blocks: [blockId] },
  }),
  bulk: ({ seatIds }) => seatIds.length,
  next: ({ next }) => next,

  decide({ state, command: { payload }, now }): Outcome {
    const { blockId, performanceId } = payload;
    const block = state.block(blockId);
    if (!block || block.freedAt) return { status: 'skipped' };
    const cancelledAt = state.performance(performanceId)?.cancelledAt;
    if (cancelledAt) return performanceCancelled(cancelledAt);
    const seats = payload.seatIds
      .flatMap((id) => state.seat(id) ?? [])
      .filter((seat) => seat.performanceId === performanceId);
    const free = seats.filter((seat) => isFree(seat, state, now));
    const left = seats.filter((seat) => !free.includes(seat)).map(({ _id: seatId, status }) => ({ seatId, status }));
    const { changes, skip } = endOverdue(state, free, now);
    const blocked = free.map(
      (seat): Change => ({ collection: 'seats', doc: { ...seat, status: 'blocked', holdId: null, blockId } }),
    );
    const seatIds = free.map(({ _id }: SeatDoc) => _id);
    return { status: 'done', result: { blockId, seatIds, left }, changes: [...changes, ...blocked], skip };
  },
};
