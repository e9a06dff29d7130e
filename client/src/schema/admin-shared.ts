// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Hold, Reservation } from './shared-with-admin.ts';

export interface AdminPerformance {
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
}

export interface Approval {
  id: string;
  action: 'waiting-room.reset' | 'performance.cancel';
  /** Id of the concert or performance */
  target: string;
  /** What was asked for */
  request: {
    [name: string]: unknown;
  };
  askedBy: string;
  askedAt: string;
  expiresAt: string;
  status: 'waiting' | 'confirmed' | 'rejected' | 'expired';
  decidedBy: string | null;
  decidedAt: string | null;
}

export interface ConcertSales {
  id: string;
  title: string;
  opensAt: string | null;
  /** The venue's time zone, an IANA name */
  timeZone: string;
  /** In the order of their dates */
  performances: PerformanceSales[];
}

export interface PerformanceSales {
  id: string;
  startsAt: string;
  cancelledAt: string | null;
  seatsTotal: number;
  available: number;
  held: number;
  sold: number;
  blocked: number;
}

export interface AdminJob {
  id: string;
  kind:
    | 'hold.place'
    | 'hold.release'
    | 'hold.expire'
    | 'seat.block'
    | 'seat.unblock'
    | 'reservation.issue'
    | 'standby.join'
    | 'standby.leave'
    | 'standby.close'
    | 'standby.offer'
    | 'points.charge'
    | 'points.use'
    | 'points.reverse'
    | 'payment.pay'
    | 'reservation.cancel';
  status: 'accepted' | 'done' | 'refused' | 'failed' | 'skipped';
  lane: string;
  userId: string;
  /** Input of the command; a damaged one makes it fail */
  payload?: unknown;
  acceptedAt: string;
  dueAt: string;
  finishedAt: string | null;
  /** Why it was refused or failed */
  reason: string | null;
}

export interface FoundHold extends Hold {
  userId: string;
  endedAt: string | null;
  jobId: string;
}

export interface FoundReservation extends Reservation {
  userId: string;
  concertId: string;
  holdId: string;
  jobId: string;
}

export interface FoundJob extends AdminJob {
  /** `X-Request-Id`; null for commands of the product itself */
  requestId: string | null;
  /** The problem code, if it was refused or failed */
  code: string | null;
  /** What it gave, if it is done */
  result: {
    [name: string]: unknown;
  } | null;
}
