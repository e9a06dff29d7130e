// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Standby } from './shared.ts';

export interface Concerts {
  items: Concert[];
  nextCursor: string | null;
}

export interface Concert {
  id: string;
  title: string;
  /** When the queue opens; null: it is open */
  opensAt: string | null;
  /** The venue's time zone, an IANA name */
  timeZone: string;
}

export interface Performances {
  items: Performance[];
  nextCursor: string | null;
}

export interface Performance {
  id: string;
  concertId: string;
  startsAt: string;
  /** When it was called off: nothing of it can be held or paid any more */
  cancelledAt: string | null;
  /** When it was to start, if it was moved */
  movedFrom: string | null;
  movedAt: string | null;
  /** Until when buyers may cancel */
  refundUntil: string;
  /** Kept of each seat that its buyer cancels: whole points, at most its price; or per cent of its price, rounded down to whole points, seat by seat. Null: nothing */
  cancellationFee:
    | {
        points: number;
      }
    | {
        percent: number;
      }
    | null;
  seatsTotal: number;
  seatsAvailable: number;
}

export interface PerformanceDetails extends Performance {
  concertTitle: string;
  /** The venue's time zone, an IANA name */
  timeZone: string;
}

export interface SeatMap {
  /** The seats that you hold; only in the answer to a bearer token */
  yours?: string[];
  performanceId: string;
  seats: Seat[];
}

export interface Seat {
  id: string;
  section: string;
  row: string;
  /** Neighbours in a row differ by one */
  number: number;
  /** What the seat says, where that is not its number */
  label?: string;
  /** To the right, in units of the hall; all seats have x and y, or none */
  x?: number;
  /** Away from the stage */
  y?: number;
  attributes?: ('aisle' | 'accessible' | 'companion' | 'restricted-view')[];
  /** How good it is: lower is better */
  rank?: number;
  price: number;
  status: 'available' | 'held' | 'sold' | 'blocked';
}

export interface SeatChanges {
  changes: {
    id: string;
    status: 'available' | 'held' | 'sold' | 'blocked';
  }[];
}

export interface StandbyChange {
  place: Standby | null;
}

export interface ConcertOperations {
  /** All concerts */
  'GET /v1/concerts': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Concerts;
  };
  /** One concert */
  'GET /v1/concerts/{concertId}': { path: { concertId: string }; answer: Concert };
  /** Dates of a concert, with free seats */
  'GET /v1/concerts/{concertId}/performances': {
    path: { concertId: string };
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      /** `available`: only dates with free seats */
      status?: 'available';
    };
    answer: Performances;
  };
  /** One date, with its concert */
  'GET /v1/performances/{performanceId}': { path: { performanceId: string }; answer: PerformanceDetails };
  /** All seats of a performance */
  'GET /v1/performances/{performanceId}/seats': {
    path: { performanceId: string };
    query: {
      /** Only the seats with this status */
      status?: 'available' | 'held' | 'sold' | 'blocked';
    };
    answer: SeatMap;
  };
  /** The seats of a performance, live */
  'GET /v1/performances/{performanceId}/seats/events': {
    path: { performanceId: string };
    answer: SeatMap | SeatChanges | StandbyChange;
  };
}
