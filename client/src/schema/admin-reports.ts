// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface PointReport {
  day: string;
  /** Of all entries of that day, by kind */
  totals: {
    charge: PointTotal;
    use: PointTotal;
    reversal: PointTotal;
    refund: PointTotal;
  };
  /** By how much the sum of all balances grew */
  change: number;
}

export interface PointTotal {
  entries: number;
  points: number;
}

export interface AdminReportsOperations {
  /** Points of one day, by kind */
  'GET /v1/admin/reports/points': {
    query: {
      /** Today by default */
      day?: string;
    };
    answer: PointReport;
  };
}
