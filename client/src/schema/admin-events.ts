// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface Events {
  items: Event[];
  /** To be sent as `after` next time */
  cursor: string;
}

export type Event = HoldEvent | StandbyEvent | ReservationEvent | PerformanceEvent | TokenEvent;

export interface HoldEvent {
  type: 'hold.placed' | 'hold.paid' | 'hold.expired' | 'hold.released';
  at: string;
  holdId: string;
  userId: string;
  concertId: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  expiresAt: string;
  reservationId: string | null;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface StandbyEvent {
  type: 'standby.offered' | 'standby.lapsed';
  at: string;
  standbyId: string;
  holdId: string;
  userId: string;
  concertId: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  expiresAt: string;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface ReservationEvent {
  type: 'reservation.cancelled';
  at: string;
  reservationId: string;
  /** Null: they were complimentary */
  paymentId: string | null;
  userId: string;
  concertId: string;
  performanceId: string;
  /** Those that were cancelled; others may still be owned */
  seatIds: string[];
  refunded: number;
  fee: number;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface PerformanceEvent {
  type: 'performance.changed' | 'performance.cancelled';
  at: string;
  concertId: string;
  performanceId: string;
  startsAt: string;
  refundUntil: string;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface TokenEvent {
  type: 'token.admitted';
  at: string;
  userId: string;
  concertId: string;
  /** First 16 bytes of the SHA-256 of the queue token, base64url */
  tokenHash: string;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface AdminEventsOperations {
  /** What happened, as it was committed */
  'GET /v1/admin/events': {
    query: {
      /** A cursor; the feed goes on behind it */
      after?: string;
      /** About how many events at most */
      limit?: number;
      /** Seconds to wait for an event */
      wait?: number | null;
    };
    answer: Events;
  };
}
