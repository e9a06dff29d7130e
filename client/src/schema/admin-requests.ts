// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { FoundJob } from './admin-shared.ts';
import type { PointEntry } from './shared-with-admin.ts';

export interface ExplainedJobs {
  items: ExplainedJob[];
  nextCursor: string | null;
}

export interface ExplainedJob extends FoundJob {
  /** That it wrote into the ledger */
  entries: FoundEntry[];
  /** That it is about, as they are now */
  seats: FoundSeat[];
}

export interface FoundEntry extends PointEntry {
  userId: string;
}

export interface FoundSeat {
  id: string;
  status: 'available' | 'held' | 'sold' | 'blocked';
  holdId: string | null;
}

export interface AdminRequestsOperations {
  /** What became of a request */
  'GET /v1/admin/requests/{requestId}': {
    path: { requestId: string };
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: ExplainedJobs;
  };
}
