// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { PointsChargeJob, Problem } from './shared.ts';

export interface CashierCharge {
  amount: number;
  /** Of a receipt or a ticket: what the points are for */
  reference: string;
}

export interface AdminUsersOperations {
  /** Charge a user's points, as a cashier */
  'POST /v1/admin/users/{userId}/points/charges': {
    path: { userId: string };
    body: CashierCharge;
    answer: PointsChargeJob;
  };
}
