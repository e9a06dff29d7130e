import type { HoldDoc } from '../../shared/holds/hold.model';
import { derivedId } from '../../shared/platform/ids';
import { type Change, type Decision, type Handler, type Outcome, refused, type State } from '../handler';
import { endOffer } from '../holds/end-hold';
import { performanceCancelled } from '../holds/performance-cancelled';
import { refuseEnded } from '../holds/refuse-ended';
import { beyondLimit, paidSeatsOf } from '../holds/seat-limit';
import { changeBalance } from '../points/change-balance';
import { pointsShort } from '../points/points-short';

/** Points for seats, all in one: payment, ledger entry, reservation, seats sold. Points short: the hold lives on. */
export const payHold: Handler<'payment.pay'> = {
  needs: ({ payload: { holdId, performanceId, seatIds }, userId }) => ({
    ...{ holds: [holdId], seats: seatIds, wallets: [userId] },
    ...(performanceId
      ? { payers: [{ userId, performanceId }], performances: [performanceId] }
      : { holdersOf: [holdId] }),
  }),

  decide(decision): Outcome {
    const { state, command, now } = decision;
    const hold = state.hold(command.payload.holdId);
    if (hold?.userId !== command.userId) return refused('HOLD_NOT_FOUND', 'No such hold.');
    const cancelledAt = state.performance(hold.performanceId)?.cancelledAt;
    // What was accepted before is carried out, and then given back.
    if (cancelledAt && command.acceptedAt >= cancelledAt && hold.status !== 'paid')
      return performanceCancelled(cancelledAt);
    const ended = refuseEnded(hold, new Date(Math.min(command.acceptedAt.getTime(), now.getTime())));
    if (ended) return ended;
    // Here the limit is exact: all that one user pays is decided in one lane.
    const tooMany = beyondLimit(decision, hold.seatIds.length, paidSeatsOf(state, hold));
    if (tooMany) return tooMany;
    const wallet = state.wallet(command.userId);
    // Free seats take no points, of whatever wallet; and a ledger has no entry of nothing.
    const short = hold.amount > 0 && pointsShort(wallet, hold.amount);
    if (short) return short;

    const paymentId = derivedId('pay', command._id);
    const reservationId = derivedId('res', command._id);
    const entry = { kind: 'use', amount: hold.amount, at: now, commandId: command._id, paymentId } as const;
    const { balance, changes } =
      hold.amount > 0 ? changeBalance(wallet, entry) : { balance: wallet.balance, changes: [] };
    return {
      status: 'done',
      result: { paymentId, reservationId, amount: hold.amount, balance },
      changes: [...changes, ...sell(decision, hold, paymentId, reservationId)],
      skip: hold.expireCommandId ? [hold.expireCommandId] : [],
      ...(!hasAnother(state, hold, now) && {
        after: { finishSession: { concertId: hold.concertId, userId: hold.userId, paymentId } },
      }),
    };
  },
};

/**
 * Whether the user has another live hold of the performance, and so goes on: the session ends with the last one. What other
 * lanes did a moment ago may be missed, and then the session ends early or by its own time; neither stops a payment.
 */
function hasAnother(state: State, hold: HoldDoc, now: Date): boolean {
  return state
    .holdsOf(hold)
    .some((other) => other._id !== hold._id && other.status === 'held' && other.expiresAt > now);
}

function sell(
  { state, command, now }: Decision<'payment.pay'>,
  hold: HoldDoc,
  paymentId: string,
  reservationId: string,
): Change[] {
  const { _id: holdId, userId, concertId, performanceId, seatIds, amount } = hold;
  const commandId = command._id;
  const payment = { _id: paymentId, userId, holdId, reservationId, amount, paidAt: now, commandId };
  const reservation = { _id: reservationId, userId, concertId, performanceId, seatIds, amount, holdId, paymentId };
  return [
    { collection: 'payments', doc: payment },
    { collection: 'reservations', doc: { ...reservation, reservedAt: now, commandId } },
    { collection: 'holds', doc: { ...hold, status: 'paid', endedAt: now, reservationId } },
    ...endOffer(state, hold, 'taken', now),
    ...seatIds.flatMap((id): Change[] => {
      const seat = state.seat(id);
      return seat ? [{ collection: 'seats', doc: { ...seat, status: 'sold' } }] : [];
    }),
  ];
}
