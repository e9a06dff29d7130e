import type { Change } from '../../../workers/handler';
import { cancelReservation } from '../../../workers/reservations/cancel-reservation';
import type { Fault } from './fault';

/** What was kept of a seat's price is written down nowhere. */
export const feeLost: Fault = {
  handlers: {
    'reservation.cancel': {
      ...cancelReservation,
      decide(decision) {
        const outcome = cancelReservation.decide(decision);
        if (outcome.status !== 'done') return outcome;
        return { ...outcome, changes: outcome.changes.map(withoutFee) };
      },
    },
  },
};

function withoutFee(change: Change): Change {
  if (change.collection !== 'reservations') return change;
  const cancelled = change.doc.cancelled?.map((seat) => ({ ...seat, fee: 0 }));
  return { collection: 'reservations', doc: { ...change.doc, cancelled } };
}
