// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  /** With VALIDATION_FAILED: the mistakes, at most 20, by their path in the request */
  errors?: {
    path: string;
    message: string;
  }[];
  /** With SEAT_TAKEN, SEAT_NOT_FOUND and SEAT_HELD_TOO_OFTEN: which seats */
  seatIds?: string[];
  /** With SEAT_TAKEN: those of the seats that you hold */
  yours?: string[];
  /** With NO_SEATS_TOGETHER: most seats that fit the wish side by side */
  together?: number;
  /** With NO_SEATS_TOGETHER: how many fit the wish */
  available?: number;
  /** With CHARGES_CLOSED: who adds points */
  charges?: 'service' | 'provider';
  /** With QUEUE_POLL_TOO_EARLY: where the token stands, as a poll in time answers it */
  state?: {
    [name: string]: unknown;
  };
  /** With SEAT_HELD_TOO_OFTEN and TOO_MANY_UNPAID_HOLDS: from when on */
  retryAt?: string;
  /** With POINTS_INSUFFICIENT and BALANCE_LIMIT_EXCEEDED: what you have */
  balance?: number;
  /** With WALLET_IN_DEBT: how many points are owed */
  debt?: number;
  /** With POINTS_INSUFFICIENT: what it takes */
  amount?: number;
  /** With SEAT_LIMIT_EXCEEDED: how many you have already */
  seats?: number;
  /** With SEAT_LIMIT_EXCEEDED: how many you may have */
  limit?: number;
  [name: string]: unknown;
}

/** Everything that the API may refuse */
export type ProblemCode =
  | 'VALIDATION_FAILED'
  | 'EVENT_INVALID'
  | 'IDEMPOTENCY_KEY_REQUIRED'
  | 'SEATS_IN_SEVERAL_SECTIONS'
  | 'TOO_MANY_SEATS'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CASHIER_REQUIRED'
  | 'CHARGES_CLOSED'
  | 'TOP_UPS_CLOSED'
  | 'QUEUE_TOKEN_REQUIRED'
  | 'QUEUE_TOKEN_NOT_ACTIVE'
  | 'QUEUE_TOKEN_EXPIRED'
  | 'QUEUE_TOKEN_INVALID'
  | 'NOT_FOUND'
  | 'CONCERT_NOT_FOUND'
  | 'DRAW_NOT_FOUND'
  | 'PERFORMANCES_NOT_SCHEDULED'
  | 'PERFORMANCE_NOT_FOUND'
  | 'SECTION_NOT_FOUND'
  | 'SEAT_NOT_FOUND'
  | 'HOLD_NOT_FOUND'
  | 'PAYMENT_NOT_FOUND'
  | 'TOP_UP_NOT_FOUND'
  | 'RESERVATION_NOT_FOUND'
  | 'STANDBY_NOT_FOUND'
  | 'JOB_NOT_FOUND'
  | 'QUEUE_TOKEN_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'NO_SEATS_TOGETHER'
  | 'SEAT_TAKEN'
  | 'SEAT_LIMIT_EXCEEDED'
  | 'TOO_MANY_UNPAID_HOLDS'
  | 'SEAT_HELD_TOO_OFTEN'
  | 'PERFORMANCE_STARTED'
  | 'HOLD_EXPIRED'
  | 'HOLD_RELEASED'
  | 'HOLD_ALREADY_PAID'
  | 'PERFORMANCE_CANCELLED'
  | 'SEAT_NOT_RESERVED'
  | 'ALREADY_CANCELLED'
  | 'CANCELLATION_CLOSED'
  | 'REFUND_TOO_LARGE'
  | 'SEATS_AVAILABLE'
  | 'STANDBY_EXISTS'
  | 'STANDBY_ENDED'
  | 'POINTS_INSUFFICIENT'
  | 'WALLET_IN_DEBT'
  | 'TOP_UP_NOT_REFUNDABLE'
  | 'TOP_UP_USED'
  | 'BALANCE_LIMIT_EXCEEDED'
  | 'WAITING_ROOM_CLOSED'
  | 'JOB_NOT_FAILED'
  | 'ALREADY_EXISTS'
  | 'CURSOR_EXPIRED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'QUEUE_POLL_TOO_EARLY'
  | 'HOLD_IN_PROGRESS'
  | 'TOO_MANY_STREAMS'
  | 'TOO_MANY_TOP_UPS'
  | 'RATE_LIMITED'
  | 'COMMAND_FAILED'
  | 'INTERNAL_ERROR'
  | 'SERVICE_UNAVAILABLE'
  | 'PROVIDER_UNAVAILABLE'
  | 'OVERLOADED';

export interface PointsChargeJob {
  id: string;
  kind: 'points.charge';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    amount: number;
    balance: number;
    /** Points of a charge that went into a debt */
    settled?: number;
  } | null;
  problem: Problem | null;
}

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
}

export interface AdminJob {
  id: string;
  kind:
    | 'hold.place'
    | 'hold.release'
    | 'hold.expire'
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
