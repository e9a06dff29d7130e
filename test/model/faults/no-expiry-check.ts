import { payHold } from '../../../workers/payments/pay-hold';
import type { Fault } from './fault';

/** A payment is decided as if it had been accepted long before the hold's end. */
export const noExpiryCheck: Fault = {
  handlers: {
    'payment.pay': {
      ...payHold,
      decide: (decision) => payHold.decide({ ...decision, command: { ...decision.command, acceptedAt: new Date(0) } }),
    },
  },
};
