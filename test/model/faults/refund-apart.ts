import { cancelReservation } from '../../../workers/reservations/cancel-reservation';
import type { Fault } from './fault';
import { moneyApart } from './money-apart';

const apart = moneyApart();

/** A cancellation frees the seats in its transaction, and gives the points back afterwards. */
export const refundApart: Fault = {
  handlers: { 'reservation.cancel': { ...cancelReservation, decide: apart.decide(cancelReservation.decide) } },
  afterCommit: apart.afterCommit,
};
