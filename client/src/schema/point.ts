// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { PointEntry, PointsChargeJob, Problem } from './shared-with-admin.ts';

export interface Balance {
  balance: number;
}

export interface PointEntries {
  items: PointEntry[];
  nextCursor: string | null;
}

export interface Statement {
  from: string;
  to: string;
  /** Balance before the first entry */
  opening: number;
  /** Balance after the last one */
  closing: number;
  /** Oldest first */
  entries: PointEntry[];
}

export interface PointChange {
  amount: number;
}

export interface PointsUseJob {
  id: string;
  kind: 'points.use';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    amount: number;
    balance: number;
    /** Points of a charge that went into a debt */
    settled?: number;
  } | null;
  problem: Problem | null;
}

export interface TopUp {
  id: string;
  /** `pending` until the provider says more, `paid` until the points came, then `settled`. `held`: paid otherwise than asked, an operator decides. `failed` and `expired`: nothing was paid */
  status: 'pending' | 'paid' | 'settled' | 'held' | 'failed' | 'expired' | 'refunding' | 'refunded';
  /** Whole points */
  amount: number;
  /** In the currency's smallest unit */
  price: number;
  currency: string;
  /** The provider's page to pay at; null once there is nothing to pay */
  url: string | null;
  createdAt: string;
  /** When the page closes */
  expiresAt: string;
  paidAt: string | null;
  /** Points taken back, since the money was */
  reversed: number;
  /** The charge that it became */
  jobId: string | null;
}

export interface NewTopUp {
  /** Points to buy */
  amount: number;
  /** Where the provider's page leads back to: a path of the pages, or an address of PUBLIC_URL or CORS_ORIGINS */
  returnUrl?: string;
}

export interface PointOperations {
  /** Your balance */
  'GET /v1/points': { answer: Balance };
  /** Your ledger, newest entry first */
  'GET /v1/points/history': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: PointEntries;
  };
  /** Your ledger of a stretch of time */
  'GET /v1/points/statement': {
    query: {
      /** Thirty days before `to` by default */
      from?: string;
      /** Now by default */
      to?: string;
      /** `csv`: a line an entry, for spreadsheets */
      format?: 'json' | 'csv';
    };
    answer: Statement;
  };
  /** Charge points */
  'POST /v1/points/charges': { body: PointChange; answer: PointsChargeJob };
  /** Use points */
  'POST /v1/points/uses': { body: PointChange; answer: PointsUseJob };
  /** Buy points */
  'POST /v1/points/top-ups': { body: NewTopUp; answer: TopUp };
  /** One of your top-ups */
  'GET /v1/points/top-ups/{topUpId}': { path: { topUpId: string }; answer: TopUp };
  /** Stripe's webhook */
  'POST /v1/providers/stripe/events': {
    body: {
      [name: string]: unknown;
    };
    answer: {
      received: true;
    };
  };
}
