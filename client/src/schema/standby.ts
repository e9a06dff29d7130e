// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Standby } from './shared.ts';
import type { Problem } from './shared-with-admin.ts';

export interface StandbyJoinJob {
  id: string;
  kind: 'standby.join';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    standbyId: string;
    /** Place in the line of the section when you joined */
    position: number;
  } | null;
  problem: Problem | null;
}

export interface StandbyRequest {
  /** May be left out where there is only one */
  section?: string;
  /** How many, all or none */
  seats: number;
  /** Most points for each seat; without it any price will do */
  maxPrice?: number;
}

export interface StandbyPlaces {
  items: Standby[];
  nextCursor: string | null;
}

export interface StandbyLeaveJob {
  id: string;
  kind: 'standby.leave';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    standbyId: string;
    /** What was offered, and goes to the next */
    holdId: string | null;
  } | null;
  problem: Problem | null;
}

export interface StandbyOperations {
  /** Wait for seats that come back */
  'POST /v1/performances/{performanceId}/standby': {
    path: { performanceId: string };
    body: StandbyRequest;
    answer: StandbyJoinJob;
  };
  /** Your places on standby, newest first */
  'GET /v1/standby': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      /** Only places at this performance */
      performanceId?: string;
    };
    answer: StandbyPlaces;
  };
  /** Give up a place on standby, or what was offered */
  'DELETE /v1/standby/{standbyId}': { path: { standbyId: string }; answer: StandbyLeaveJob };
}
