// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminJob } from './admin-shared.ts';

export interface AdminJobsOperations {
  /** Anybody's command */
  'GET /v1/admin/jobs/{jobId}': { path: { jobId: string }; answer: AdminJob };
  /** Carry out a failed command after all */
  'POST /v1/admin/jobs/{jobId}/retry': { path: { jobId: string }; answer: AdminJob };
}
