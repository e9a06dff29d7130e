// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminJob, Problem } from './shared.ts';

export interface AdminCancellation {
  /** Seats of the reservation; without it, all that are still owned */
  seatIds?: string[];
  reason: string;
  /** All that was paid for the seats, nothing, or so many points, which fill the prices of the seats in turn */
  refund: 'full' | 'none' | number;
}

export interface AdminReservationsOperations {
  /** Cancel seats for anybody */
  'POST /v1/admin/reservations/{reservationId}/cancellation': {
    path: { reservationId: string };
    body: AdminCancellation;
    answer: AdminJob;
  };
}
