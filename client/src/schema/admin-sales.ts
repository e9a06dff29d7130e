// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { ConcertSales } from './admin-shared.ts';

export interface Sales {
  items: ConcertSales[];
  nextCursor: string | null;
}

export interface AdminSalesOperations {
  /** How every concert sells */
  'GET /v1/admin/sales': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Sales;
  };
}
