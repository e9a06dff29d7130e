// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { FoundHold } from './admin-shared.ts';

export interface FoundHolds {
  items: FoundHold[];
  nextCursor: string | null;
}

export interface AdminHoldsOperations {
  /** Anybody's holds, newest first */
  'GET /v1/admin/holds': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      /** Alone: its live holds */
      performanceId?: string;
      userId?: string;
      seatId?: string;
      state?: 'held' | 'paid' | 'expired' | 'released';
    };
    answer: FoundHolds;
  };
}
