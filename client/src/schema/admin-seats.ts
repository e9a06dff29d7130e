// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface SeatHistory {
  seat: {
    id: string;
    performanceId: string;
    section: string;
    row: string;
    number: number;
    price: number;
    status: 'available' | 'held' | 'sold' | 'blocked';
    holdId: string | null;
    blockId: string | null;
  };
  /** Newest first */
  items: SeatStep[];
  nextCursor: string | null;
}

export interface SeatStep {
  /** When it took effect; while it waits, when it was asked for */
  at: string;
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
  /** Of the command; null when it is not kept any more */
  status: 'accepted' | 'done' | 'refused' | 'failed' | 'skipped' | null;
  jobId: string | null;
  requestId: string | null;
  /** Whose hold or reservation it was; of a block, the operator */
  userId: string;
  /** Null: it was about a block */
  holdId: string | null;
  reservationId: string | null;
  blockId: string | null;
  /** False: a block left the seat alone, or nothing has come of its command */
  changed: boolean;
  /** What the seat was when it was not blocked for that */
  left: 'available' | 'held' | 'sold' | 'blocked' | null;
}

export interface AdminSeatsOperations {
  /** What happened to a seat */
  'GET /v1/admin/seats/{seatId}/history': {
    path: { seatId: string };
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: SeatHistory;
  };
}
