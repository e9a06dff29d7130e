// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface AdminTopUps {
  items: AdminTopUp[];
  nextCursor: string | null;
}

export interface AdminTopUp {
  id: string;
  /** `pending` until the provider says more, `paid` until the points came, then `settled`. `held`: paid otherwise than asked, an operator decides. `failed` and `expired`: nothing was paid */
  status: 'pending' | 'paid' | 'settled' | 'held' | 'failed' | 'expired' | 'refunding' | 'refunded';
  /** Whole points */
  amount: number;
  /** In the currency's smallest unit */
  price: number;
  currency: string;
  createdAt: string;
  /** When the page closes */
  expiresAt: string;
  paidAt: string | null;
  /** Points taken back, since the money was */
  reversed: number;
  /** The charge that it became */
  jobId: string | null;
  userId: string;
  /** Why it is held, or was not refunded */
  reason: string | null;
  /** The provider's */
  paymentId: string | null;
  paid: {
    /** In the currency's smallest unit */
    price: number;
    currency: string;
  } | null;
  /** Of the price, by the provider */
  takenBack: {
    /** In the currency's smallest unit */
    refunded: number;
    /** In the currency's smallest unit */
    disputed: number;
  };
}

export interface AdminTopUpsOperations {
  /** Top-ups of one status, newest first */
  'GET /v1/admin/top-ups': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      status?: 'pending' | 'paid' | 'settled' | 'held' | 'failed' | 'expired' | 'refunding' | 'refunded';
    };
    answer: AdminTopUps;
  };
  /** Give the money of a top-up back */
  'POST /v1/admin/top-ups/{topUpId}/refund': { path: { topUpId: string }; answer: AdminTopUp };
}
