// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { FoundHold, FoundJob, FoundReservation } from './admin-shared.ts';
import type { PointsChargeJob } from './shared-with-admin.ts';

export interface CashierCharge {
  amount: number;
  /** Of a receipt or a ticket: what the points are for */
  reference: string;
}

export interface FoundUser {
  userId: string;
  wallet: {
    balance: number;
    debt: number;
    entries: number;
  };
  /** That are live */
  holds: FoundHold[];
  /** The newest 20 */
  reservations: FoundReservation[];
  /** That are due and not carried out, oldest first */
  unfinishedJobs: FoundJob[];
  /** The 20 that ended last */
  jobs: FoundJob[];
  /** In the waiting rooms of the newest 50 concerts */
  sessions: QueueSession[];
}

export interface QueueSession {
  concertId: string;
  title: string;
  status: 'waiting' | 'active' | 'completed' | 'expired' | 'left';
  position: number | null;
  expiresAt: string | null;
}

export interface AdminUsersOperations {
  /** Charge a user's points, as a cashier */
  'POST /v1/admin/users/{userId}/points/charges': {
    path: { userId: string };
    body: CashierCharge;
    answer: PointsChargeJob;
  };
  /** What a user has */
  'GET /v1/admin/users/{userId}': { path: { userId: string }; answer: FoundUser };
}
