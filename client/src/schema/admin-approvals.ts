// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Approval } from './admin-shared.ts';

export interface Approvals {
  items: Approval[];
  nextCursor: string | null;
}

export interface AdminApprovalsOperations {
  /** What waits for a second person, and what became of it */
  'GET /v1/admin/approvals': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Approvals;
  };
  /** Confirm, as the second person */
  'POST /v1/admin/approvals/{approvalId}/confirmation': { path: { approvalId: string }; answer: Approval };
  /** Reject, or take back */
  'POST /v1/admin/approvals/{approvalId}/rejection': { path: { approvalId: string }; answer: Approval };
}
