// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface Debts {
  items: Debt[];
  nextCursor: string | null;
}

export interface Debt {
  userId: string;
  balance: number;
  debt: number;
}

export interface AdminDebtsOperations {
  /** Wallets that owe points, the largest debt first */
  'GET /v1/admin/debts': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Debts;
  };
}
