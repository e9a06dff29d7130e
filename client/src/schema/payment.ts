// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface PaymentPayJob {
  id: string;
  kind: 'payment.pay';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    paymentId: string;
    reservationId: string;
    amount: number;
    /** What is left in the wallet */
    balance: number;
  } | null;
  problem: Problem | null;
}

export interface Payment {
  id: string;
  holdId: string;
  reservationId: string;
  amount: number;
  paidAt: string;
}
