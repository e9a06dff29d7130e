import { cancelReservation } from '../../../workers/reservations/cancel-reservation';
import type { Fault } from './fault';

/** A reservation does not know what of it was cancelled: who asks again gets points again. */
export const refundTwice: Fault = {
  handlers: {
    'reservation.cancel': {
      ...cancelReservation,
      decide(decision) {
        const { reservedSeatIds: seatIds } = decision.command.payload;
        const reservation: typeof decision.state.reservation = (id) => {
          const found = decision.state.reservation(id);
          return found && { ...found, seatIds, cancelled: undefined };
        };
        return cancelReservation.decide({ ...decision, state: { ...decision.state, reservation } });
      },
    },
  },
};
