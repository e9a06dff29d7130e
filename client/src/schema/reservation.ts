// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem, Reservation } from './shared-with-admin.ts';

export interface Reservations {
  items: Reservation[];
  nextCursor: string | null;
}

export interface CancellationTerms {
  reservationId: string;
  /** Seats can be cancelled before this moment */
  refundUntil: string;
  /** Whether they can now */
  open: boolean;
  /** Seats that are still yours, and what would come back for each: of complimentary ones nothing */
  seats: {
    id: string;
    price: number;
    fee: number;
    refund: number;
  }[];
}

export interface ReservationCancelJob {
  id: string;
  kind: 'reservation.cancel';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    reservationId: string;
    seatIds: string[];
    /** Points that came back */
    refunded: number;
    /** Points that were kept */
    fee: number;
    /** What is in the wallet now */
    balance: number;
    /** Points of the refund that went into a debt */
    settled?: number;
  } | null;
  problem: Problem | null;
}

export interface Cancellation {
  /** Seats of the reservation; without it, all that are still owned */
  seatIds?: string[];
}

export interface ReservationOperations {
  /** Your reservations, newest first */
  'GET /v1/reservations': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Reservations;
  };
  /** One of your reservations */
  'GET /v1/reservations/{reservationId}': { path: { reservationId: string }; answer: Reservation };
  /** What would come back, and until when */
  'GET /v1/reservations/{reservationId}/cancellation': { path: { reservationId: string }; answer: CancellationTerms };
  /** Cancel seats and get points back */
  'POST /v1/reservations/{reservationId}/cancellation': {
    path: { reservationId: string };
    body: Cancellation;
    answer: ReservationCancelJob;
  };
}
