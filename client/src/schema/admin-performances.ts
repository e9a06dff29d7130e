// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminPerformance, Approval } from './admin-shared.ts';
import type { Problem } from './shared-with-admin.ts';

export interface PerformanceChanges {
  startsAt?: string;
  /** Until when buyers may cancel; never after the start. Null: until the start */
  refundUntil?: string | null;
  /** Kept of each seat that its buyer cancels: whole points, at most its price; or per cent of its price, rounded down to whole points, seat by seat. Null: nothing */
  cancellationFee?:
    | {
        points: number;
      }
    | {
        percent: number;
      }
    | null;
}

export interface CallOff {
  performanceId: string;
  reason: string;
  cancelledAt: string;
  /** Held or sold when it was called off */
  seats: number;
  /** Of those, still to be given back */
  seatsLeft: number;
  finishedAt: string | null;
}

export interface CallOffRequest {
  reason: string;
}

export interface BlockDetails extends Block {
  /** Jobs that are still to be carried out; 0: it is all done */
  unfinished: number;
  /** Seats that were held, sold or blocked already: the first 1000, each as it was then */
  left: {
    seatId: string;
    status: 'available' | 'held' | 'sold' | 'blocked';
  }[];
  /** That block the seats, each of one section */
  jobs: BlockJob[];
  /** That free what is still blocked, once it was asked for */
  freeJobs: BlockJob[];
}

export interface BlockJob {
  id: string;
  section: string;
  seats: number;
  /** Null: final so long ago that it is not kept any more */
  status: 'accepted' | 'done' | 'refused' | 'failed' | 'skipped' | null;
}

export interface BlockRequest {
  seatIds?: string[];
  /** All of its seats */
  section?: string;
  /** All seats of these rows */
  rows?: {
    section: string;
    row: string;
  }[];
  /** Whom the seats are for */
  channel?: string;
  reason: string;
}

export interface Blocks {
  items: Block[];
  nextCursor: string | null;
}

export interface Block {
  id: string;
  performanceId: string;
  /** Whom the seats are for */
  channel: string | null;
  reason: string;
  /** The operator's user id */
  by: string;
  at: string;
  /** That were asked for */
  seats: number;
  /** That it keeps from being sold now */
  blocked: number;
  freedAt: string | null;
  freedBy: string | null;
}

export interface ReservationIssueJob {
  id: string;
  kind: 'reservation.issue';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    reservationId: string;
    seatIds: string[];
    amount: number;
  } | null;
  problem: Problem | null;
}

export interface ComplimentaryRequest {
  userId: string;
  seatIds: string[];
  reason: string;
}

export interface StandbyLines {
  items: StandbyLine[];
}

export interface StandbyLine {
  section: string;
  waiting: number;
  /** Who can pay for what they were offered now */
  offered: number;
  /** All who ever joined */
  joined: number;
}

export interface SalesOverTime {
  performanceId: string;
  by: 'minute' | 'hour' | 'day';
  /** Oldest first; those in which nothing happened are left out */
  items: SalesBucket[];
}

export interface SalesBucket {
  /** When it begins */
  at: string;
  reservations: number;
  /** That were paid for */
  seats: number;
  /** That was paid */
  amount: number;
  /** That were given up, whenever they had been paid for */
  cancelledSeats: number;
  refunded: number;
}

export interface AdminPerformancesOperations {
  /** Move a date, or change its terms */
  'PATCH /v1/admin/performances/{performanceId}': {
    path: { performanceId: string };
    body: PerformanceChanges;
    answer: AdminPerformance;
  };
  /** Call a date off */
  'POST /v1/admin/performances/{performanceId}/cancellation': {
    path: { performanceId: string };
    body: CallOffRequest;
    answer: CallOff | Approval;
  };
  /** How much of a date is given back */
  'GET /v1/admin/performances/{performanceId}/cancellation': { path: { performanceId: string }; answer: CallOff };
  /** Keep seats from being sold */
  'POST /v1/admin/performances/{performanceId}/blocks': {
    path: { performanceId: string };
    body: BlockRequest;
    answer: BlockDetails;
  };
  /** The blocks of a performance, newest first */
  'GET /v1/admin/performances/{performanceId}/blocks': {
    path: { performanceId: string };
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Blocks;
  };
  /** One block: how far it is, and what it left alone */
  'GET /v1/admin/performances/{performanceId}/blocks/{blockId}': {
    path: { performanceId: string; blockId: string };
    answer: BlockDetails;
  };
  /** Free a block */
  'DELETE /v1/admin/performances/{performanceId}/blocks/{blockId}': {
    path: { performanceId: string; blockId: string };
    answer: BlockDetails;
  };
  /** Give seats to a user */
  'POST /v1/admin/performances/{performanceId}/complimentary': {
    path: { performanceId: string };
    body: ComplimentaryRequest;
    answer: ReservationIssueJob;
  };
  /** Who waits for seats of a date, section by section */
  'GET /v1/admin/performances/{performanceId}/standby': { path: { performanceId: string }; answer: StandbyLines };
  /** How a date has sold, over time */
  'GET /v1/admin/performances/{performanceId}/sales-over-time': {
    path: { performanceId: string };
    query: {
      by?: 'minute' | 'hour' | 'day';
      /** Included; the first sale by default */
      from?: string;
      /** Excluded; now by default */
      to?: string;
    };
    answer: SalesOverTime;
  };
  /** The seats of a date, as a file */
  'GET /v1/admin/performances/{performanceId}/seats.csv': { path: { performanceId: string }; answer: undefined };
  /** The reservations of a date, as a file */
  'GET /v1/admin/performances/{performanceId}/reservations.csv': { path: { performanceId: string }; answer: undefined };
  /** The ledger entries of a date, as a file */
  'GET /v1/admin/performances/{performanceId}/ledger.csv': { path: { performanceId: string }; answer: undefined };
}
