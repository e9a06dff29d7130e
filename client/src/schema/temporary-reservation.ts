// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Hold, Problem } from './shared-with-admin.ts';

export interface HoldPlaceJob {
  id: string;
  kind: 'hold.place';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    holdId: string;
    seatIds: string[];
    amount: number;
    expiresAt: string;
  } | null;
  problem: Problem | null;
}

export interface HoldRequest {
  seatIds?: string[];
  /** The best free ones, in place of `seatIds` */
  best?: {
    /** How many */
    seats: number;
    /** Only of these */
    sections?: string[];
    /** Of each seat */
    maxPrice?: number;
    /** Side by side in one row */
    together?: boolean;
    /** One of them, at least, a place for wheelchairs; without it none is, nor one of a companion */
    accessible?: boolean;
  };
}

export interface Holds {
  items: Hold[];
  nextCursor: string | null;
}

export interface HoldReleaseJob {
  id: string;
  kind: 'hold.release';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    holdId: string;
    seatIds: string[];
  } | null;
  problem: Problem | null;
}

export interface TemporaryReservationOperations {
  /** Hold seats */
  'POST /v1/performances/{performanceId}/holds': {
    path: { performanceId: string };
    body: HoldRequest;
    answer: HoldPlaceJob;
  };
  /** Your holds, live ones first */
  'GET /v1/holds': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      /** Only holds of this performance */
      performanceId?: string;
    };
    answer: Holds;
  };
  /** One of your holds */
  'GET /v1/holds/{holdId}': { path: { holdId: string }; answer: Hold };
  /** Give a hold back early */
  'DELETE /v1/holds/{holdId}': { path: { holdId: string }; answer: HoldReleaseJob };
}
