// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface AdminActions {
  items: AdminAction[];
  nextCursor: string | null;
}

export interface AdminAction {
  id: string;
  adminId: string;
  action:
    | 'concert.create'
    | 'concert.update'
    | 'performance.create'
    | 'performance.update'
    | 'performance.cancel'
    | 'waiting-room.limit'
    | 'waiting-room.pause'
    | 'waiting-room.resume'
    | 'waiting-room.drain'
    | 'waiting-room.reset'
    | 'job.retry'
    | 'points.charge'
    | 'top-up.refund'
    | 'reservation.cancel';
  /** Id of the concert, performance, reservation, job, user or top-up */
  target: string;
  at: string;
  /** What was asked for, or what changed */
  details: {
    [name: string]: unknown;
  };
}

export interface AdminActionsOperations {
  /** Who changed what, newest first */
  'GET /v1/admin/actions': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: AdminActions;
  };
}
