import { payHold } from '../../../workers/payments/pay-hold';
import { changeBalance } from '../../../workers/points/change-balance';
import { cancelReservation } from '../../../workers/reservations/cancel-reservation';
import type { Fault } from './fault';

/** A payment of nothing is an entry of nothing. */
export const entryOfNothing: Fault = {
  handlers: {
    'payment.pay': {
      ...payHold,
      decide(decision) {
        const outcome = payHold.decide(decision);
        if (outcome.status !== 'done' || outcome.result.amount !== 0) return outcome;
        const { state, command, now } = decision;
        const paymentId = String(outcome.result.paymentId);
        const entry = { kind: 'use', amount: 0, at: now, commandId: command._id, paymentId } as const;
        return {
          ...outcome,
          changes: [...outcome.changes, ...changeBalance(state.wallet(command.userId), entry).changes],
        };
      },
    },
  },
};

/** The price of complimentary seats comes back, which nobody paid. */
export const giftPaidBack: Fault = {
  handlers: {
    'reservation.cancel': {
      ...cancelReservation,
      decide(decision) {
        const reservation: typeof decision.state.reservation = (id) => {
          const found = decision.state.reservation(id);
          return found && { ...found, complimentary: undefined };
        };
        return cancelReservation.decide({ ...decision, state: { ...decision.state, reservation } });
      },
    },
  },
};
