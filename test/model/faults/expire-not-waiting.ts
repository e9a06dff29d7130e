import { expireHold } from '../../../workers/holds/expire-hold';
import type { Fault } from './fault';

/** A hold ends on time although a payment that was accepted before waits to be decided. */
export const expireNotWaiting: Fault = {
  handlers: {
    'hold.expire': {
      ...expireHold,
      decide: (decision) =>
        expireHold.decide({ ...decision, state: { ...decision.state, paymentPending: () => false } }),
    },
  },
};
