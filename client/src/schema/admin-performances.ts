// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminPerformance, Approval } from './shared.ts';

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
