// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { ProblemCode } from './shared-with-admin.ts';

export interface ProblemType {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  /** Whether the same request may succeed later */
  retry: boolean;
}

export interface ProblemOperations {
  /** What a problem means */
  'GET /problems/{name}': { path: { name: string }; answer: ProblemType };
}
