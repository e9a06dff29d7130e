import type { HoldDoc } from '../../shared/holds/hold.model';
import { derivedId } from '../../shared/platform/ids';
import type { ReservationDoc } from '../../shared/reservations/reservation.model';
import { type Change, type Decision, type Handler, type Outcome, refused } from '../handler';
import { endOverdue, isFree } from '../holds/free-to-take';
import { performanceCancelled } from '../holds/performance-cancelled';

/**
 * Complimentary seats, all or none, free or blocked ones: a reservation that nobody pays for. It stands on a hold as every other
 * one does, so that it is cancelled, and called off, like them.
 */
export const issueReservation: Handler<'reservation.issue'> = {
  needs: ({ payload: { seatIds, performanceId } }) => ({ seats: seatIds, performances: [performanceId] }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const { seatIds, performanceId } = command.payload;
    const seats = seatIds.flatMap((id) => state.seat(id) ?? []).filter((seat) => seat.performanceId === performanceId);
    if (seats.length < seatIds.length) return refused('SEAT_NOT_FOUND', 'A seat is not one of this performance.');
    const cancelledAt = state.performance(performanceId)?.cancelledAt;
    if (cancelledAt) return performanceCancelled(cancelledAt);
    const taken = seats.filter((seat) => seat.status !== 'blocked' && !isFree(seat, state, now)).map(({ _id }) => _id);
    if (taken.length > 0) return refused('SEAT_TAKEN', `Taken: ${taken.join(', ')}.`, { seatIds: taken });

    const overdue = endOverdue(state, seats, now);
    const { hold, reservation } = given(decision);
    const sold = seats.map(
      (seat): Change => ({ collection: 'seats', doc: { ...seat, status: 'sold', holdId: hold._id, blockId: null } }),
    );
    return {
      status: 'done',
      result: { reservationId: reservation._id, seatIds, amount: 0 },
      changes: [
        ...overdue.changes,
        { collection: 'holds', doc: hold },
        { collection: 'reservations', doc: reservation },
        ...sold,
      ],
      skip: overdue.skip,
    };
  },
};

function given({ command, now }: Decision<'reservation.issue'>): { hold: HoldDoc; reservation: ReservationDoc } {
  const { concertId, performanceId, section, seatIds, by, reason, actionId } = command.payload;
  const { _id: commandId, userId } = command;
  const [holdId, reservationId] = [derivedId('hold', commandId), derivedId('res', commandId)];
  const common = { userId, concertId, performanceId, seatIds, amount: 0, commandId };
  return {
    hold: {
      ...{ _id: holdId, ...common, section, status: 'paid', placedAt: now, expiresAt: now, endedAt: now },
      ...{ reservationId, expireCommandId: null, complimentary: true },
    },
    reservation: {
      ...{ _id: reservationId, ...common, holdId, paymentId: null, reservedAt: now },
      complimentary: { by, reason, actionId },
    },
  };
}
