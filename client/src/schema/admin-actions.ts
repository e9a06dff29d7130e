// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

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
    | 'seating-plan.import'
    | 'seating-plan.delete'
    | 'waiting-room.limit'
    | 'waiting-room.pause'
    | 'waiting-room.resume'
    | 'waiting-room.drain'
    | 'waiting-room.reset'
    | 'job.retry'
    | 'points.charge'
    | 'top-up.refund'
    | 'reservation.cancel'
    | 'reservation.issue'
    | 'block.create'
    | 'block.free'
    | 'approval.ask'
    | 'approval.reject'
    | 'user.look'
    | 'holds.look'
    | 'reservations.look'
    | 'seat.look'
    | 'request.look'
    | 'performance.export';
  /** Id of what it is about, or what was looked for */
  target: string;
  at: string;
  /** What was asked for, or what changed */
  details: {
    [name: string]: unknown;
  };
}

export interface AdminActionsOperations {
  /** Who changed what, or looked at whom, newest first */
  'GET /v1/admin/actions': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      /** `true`: who looked, in place of who changed */
      looks?: 'true' | 'false';
    };
    answer: AdminActions;
  };
}
