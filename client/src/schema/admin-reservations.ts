// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminJob, FoundReservation } from './admin-shared.ts';

export interface AdminCancellation {
  /** Seats of the reservation; without it, all that are still owned */
  seatIds?: string[];
  reason: string;
  /** All that was paid for the seats, nothing, or so many points, which fill the prices of the seats in turn */
  refund: 'full' | 'none' | number;
}

export interface FoundReservations {
  items: FoundReservation[];
  nextCursor: string | null;
}

export interface AdminReservationsOperations {
  /** Cancel seats for anybody */
  'POST /v1/admin/reservations/{reservationId}/cancellation': {
    path: { reservationId: string };
    body: AdminCancellation;
    answer: AdminJob;
  };
  /** Anybody's reservations, newest first */
  'GET /v1/admin/reservations': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      performanceId?: string;
      userId?: string;
      /** Also those that have it no more */
      seatId?: string;
      state?: 'reserved' | 'partly-cancelled' | 'cancelled';
    };
    answer: FoundReservations;
  };
  /** Anybody's reservation */
  'GET /v1/admin/reservations/{reservationId}': { path: { reservationId: string }; answer: FoundReservation };
}
