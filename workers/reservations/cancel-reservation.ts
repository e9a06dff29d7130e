import type { PayloadOf } from '../../shared/commands/catalogue';
import { feeOf, mayCancel, refundEnd } from '../../shared/reservations/cancellation-terms';
import type { CancelledSeat, ReservationDoc } from '../../shared/reservations/reservation.model';
import { type Change, type Decision, type Handler, type Outcome, refused } from '../handler';
import { freeSeats } from '../holds/free-seats';
import { addPoints } from '../points/change-balance';
import { busyUntil, offerFromAfar } from '../standby/offer-seats';

/**
 * Seats for points, all in one: the ledger entry that names the payment, the seats free, the reservation and its hold without
 * them. Carried out in the lane of the buyer's wallet, as the payment was. A sold seat is written there and nowhere else; who writes
 * it once it is free conflicts with this transaction, and one of the two runs again.
 */
export const cancelReservation: Handler<'reservation.cancel'> = {
  needs: ({ userId, payload: { reservationId, performanceId, holdId, reservedSeatIds } }) => ({
    ...{ reservations: [reservationId], performances: [performanceId] },
    ...{ holds: [holdId], seats: reservedSeatIds, wallets: [userId], freedHolds: [holdId] },
  }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const { payload } = command;
    const reservation = state.reservation(payload.reservationId);
    if (reservation?.userId !== command.userId) return refused('RESERVATION_NOT_FOUND', 'No such reservation.');
    const seatIds = payload.seatIds ?? reservation.seatIds;
    const refusal = refuseSeats(reservation, seatIds) ?? refuseLate(decision);
    if (refusal) return refusal;
    const shares = shareOut(decision, reservation, seatIds);
    if (!shares) return refused('REFUND_TOO_LARGE', 'These seats cost less than that.');

    const refunded = shares.reduce((sum, share) => sum + share.refunded, 0);
    const fee = shares.reduce((sum, share) => sum + share.fee, 0);
    const wallet = state.wallet(command.userId);
    const { paymentId } = reservation;
    const entry = { kind: 'refund', amount: refunded, at: now, commandId: command._id, paymentId } as const;
    // What was paid comes back however full the wallet is. A ledger has no entry of nothing.
    const added = refunded > 0 ? addPoints(wallet, entry) : { balance: wallet.balance, changes: [] };
    const { balance, changes, settled } = added;
    const given = [...changes, ...giveUp(decision, reservation, seatIds, shares)];
    const hold = state.hold(reservation.holdId);
    const freed = hold ? offerFromAfar(decision, hold, given) : { changes: given };
    if (!freed) return { status: 'deferred', until: busyUntil(now) };
    return {
      status: 'done',
      result: { reservationId: reservation._id, seatIds, refunded, fee, balance, ...(settled && { settled }) },
      ...freed,
    };
  },
};

/** A seat that was never one of the reservation, or is not any more. */
function refuseSeats({ seatIds: owned, cancelled = [] }: ReservationDoc, seatIds: readonly string[]): Outcome | null {
  const gone = cancelled.map(({ seatId }) => seatId);
  const foreign = seatIds.filter((id) => !owned.includes(id) && !gone.includes(id));
  if (foreign.length > 0)
    return refused('SEAT_NOT_RESERVED', `Not of this reservation: ${foreign.join(', ')}.`, { seatIds: foreign });
  const twice = seatIds.length > 0 ? seatIds.filter((id) => gone.includes(id)) : gone;
  if (twice.length > 0 || seatIds.length === 0)
    return refused('ALREADY_CANCELLED', `Cancelled before: ${twice.join(', ')}.`, { seatIds: twice });
  return null;
}

function refuseLate({ state, command: { payload, acceptedAt } }: Decision<'reservation.cancel'>): Outcome | null {
  const performance = state.performance(payload.performanceId);
  if (!performance || payload.override) return null;
  if (mayCancel(performance, acceptedAt)) return null;
  const refundUntil = refundEnd(performance).toISOString();
  return refused('CANCELLATION_CLOSED', `Seats could be cancelled until ${refundUntil}.`, { refundUntil });
}

type Share = Pick<CancelledSeat, 'seatId' | 'refunded' | 'fee'>;

/** What comes back for each seat and what is kept: together its price, which is nothing of a complimentary one. Null when more was stated than they cost. */
function shareOut(
  { state, command }: Decision<'reservation.cancel'>,
  { complimentary }: ReservationDoc,
  seatIds: readonly string[],
): Share[] | null {
  const { performanceId, override } = command.payload;
  const terms = state.performance(performanceId) ?? {};
  let left = statedRefund(override);
  const shares = seatIds.map((seatId): Share => {
    const price = complimentary ? 0 : (state.seat(seatId)?.price ?? 0);
    const refunded = override ? Math.min(price, left) : price - feeOf(price, terms);
    left -= refunded;
    return { seatId, refunded, fee: price - refunded };
  });
  return Number.isFinite(left) && override && left > 0 ? null : shares;
}

/** Points that are to come back at most, the first seats' prices first. */
function statedRefund(override: PayloadOf<'reservation.cancel'>['override']): number {
  if (!override || override.refund === 'full') return Infinity;
  return override.refund === 'none' ? 0 : override.refund;
}

function giveUp(
  { state, command, now }: Decision<'reservation.cancel'>,
  reservation: ReservationDoc,
  seatIds: readonly string[],
  shares: readonly Share[],
): Change[] {
  const before = reservation.cancelled ?? [];
  const cancelled = [...before, ...shares.map((share) => ({ ...share, at: now, commandId: command._id }))];
  const owned = reservation.seatIds.filter((id) => !seatIds.includes(id));
  const hold = state.hold(reservation.holdId);
  return [
    { collection: 'reservations', doc: { ...reservation, seatIds: owned, cancelled } },
    ...(hold
      ? [{ collection: 'holds', doc: { ...hold, cancelledSeatIds: cancelled.map(({ seatId }) => seatId) } } as const]
      : []),
    ...freeSeats(state, reservation.holdId, seatIds),
  ];
}
