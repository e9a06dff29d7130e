// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminPerformance, Problem } from './shared.ts';

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
    answer: CallOff;
  };
  /** How much of a date is given back */
  'GET /v1/admin/performances/{performanceId}/cancellation': { path: { performanceId: string }; answer: CallOff };
  /** Who waits for seats of a date, section by section */
  'GET /v1/admin/performances/{performanceId}/standby': { path: { performanceId: string }; answer: StandbyLines };
}
