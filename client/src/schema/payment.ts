// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared-with-admin.ts';

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

export interface PaymentOperations {
  /** Pay a hold with points */
  'POST /v1/holds/{holdId}/payment': { path: { holdId: string }; answer: PaymentPayJob };
  /** One of your payments */
  'GET /v1/payments/{paymentId}': { path: { paymentId: string }; answer: Payment };
}
