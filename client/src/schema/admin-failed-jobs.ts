// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminJob } from './admin-shared.ts';

export interface FailedJobs {
  items: AdminJob[];
  nextCursor: string | null;
}

export interface AdminFailedJobsOperations {
  /** Commands that failed, newest first */
  'GET /v1/admin/failed-jobs': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: FailedJobs;
  };
}
