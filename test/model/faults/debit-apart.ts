import { payHold } from '../../../workers/payments/pay-hold';
import type { Fault } from './fault';
import { moneyApart } from './money-apart';

const apart = moneyApart();

/** A payment sells the seats in its transaction, and takes the points afterwards. */
export const debitApart: Fault = {
  handlers: { 'payment.pay': { ...payHold, decide: apart.decide(payHold.decide) } },
  afterCommit: apart.afterCommit,
};
