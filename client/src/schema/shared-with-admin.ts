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
  /** With SEATING_PLAN_INVALID: the mistakes, at most 100, by line of the CSV, or by position in `seats`, from 1 */
  lines?: PlanMistake[];
  /** With SEATING_PLAN_INVALID: how many there are in all */
  mistakes?: number;
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
  | 'SEATING_PLAN_INVALID'
  | 'SEATS_IN_SEVERAL_SECTIONS'
  | 'TOO_MANY_SEATS'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'CASHIER_REQUIRED'
  | 'SECOND_PERSON_REQUIRED'
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
  | 'SEATING_PLAN_NOT_FOUND'
  | 'SECTION_NOT_FOUND'
  | 'SEAT_NOT_FOUND'
  | 'BLOCK_NOT_FOUND'
  | 'HOLD_NOT_FOUND'
  | 'PAYMENT_NOT_FOUND'
  | 'TOP_UP_NOT_FOUND'
  | 'RESERVATION_NOT_FOUND'
  | 'REQUEST_NOT_FOUND'
  | 'APPROVAL_NOT_FOUND'
  | 'STANDBY_NOT_FOUND'
  | 'JOB_NOT_FOUND'
  | 'QUEUE_TOKEN_NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'NO_SEATS_TOGETHER'
  | 'SEAT_TAKEN'
  | 'SEAT_BLOCKED'
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
  | 'SEATING_PLAN_IN_USE'
  | 'APPROVAL_OVER'
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

export interface PlanMistake {
  line: number;
  column: string | null;
  /** What is wrong, for words of your own */
  code:
    | 'MISSING'
    | 'UNKNOWN_FIELD'
    | 'UNKNOWN_COLUMN'
    | 'COLUMN_TWICE'
    | 'COLUMN_MISSING'
    | 'NO_NUMBER'
    | 'NO_SEATS'
    | 'EMPTY_FILE'
    | 'NOT_UTF8'
    | 'BAD_QUOTE'
    | 'TOO_MANY_CELLS'
    | 'TOO_MANY_SEATS'
    | 'TOO_MANY_SECTIONS'
    | 'TOO_MANY_CATEGORIES'
    | 'TOO_MANY_ATTRIBUTES'
    | 'SAME_SEAT'
    | 'SAME_LABEL'
    | 'SAME_PLACE'
    | 'HALF_PLACED'
    | 'UNKNOWN_CATEGORY'
    | 'UNKNOWN_ATTRIBUTE'
    | 'NOT_A_NUMBER'
    | 'NOT_WHOLE'
    | 'TOO_SMALL'
    | 'TOO_LARGE'
    | 'TOO_LONG'
    | 'CONTROL_CHARACTERS'
    | 'INVISIBLE'
    | 'FORMULA'
    | 'INVALID';
  /** What the words need */
  values: {
    [name: string]: string | number;
  };
  /** The same as an English sentence */
  message: string;
}

export interface Hold {
  id: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  status: 'held' | 'paid' | 'expired' | 'released';
  /** When its time began */
  placedAt: string;
  expiresAt: string;
  reservationId: string | null;
}

export interface Reservation {
  id: string;
  performanceId: string;
  status: 'reserved' | 'partly-cancelled' | 'cancelled';
  /** Those that are still yours */
  seatIds: string[];
  /** All that were paid for, and what became of each */
  seats: ReservedSeat[];
  /** What was paid for all of them */
  amount: number;
  /** Null for complimentary seats */
  paymentId: string | null;
  /** Given to you: nobody paid, and nothing comes back for it */
  complimentary: boolean;
  reservedAt: string;
}

export interface ReservedSeat {
  id: string;
  status: 'reserved' | 'cancelled';
  cancelledAt: string | null;
  /** Points that came back for it */
  refunded: number | null;
  /** Points of its price that were kept */
  fee: number | null;
}

export interface PointEntry {
  /** 1, 2, 3 … without gaps */
  seq: number;
  kind: 'charge' | 'use' | 'reversal' | 'refund';
  /** Always positive; `kind` says the direction */
  amount: number;
  balanceAfter: number;
  at: string;
  jobId: string;
  /** The payment that used the points, or that a refund comes back from */
  paymentId: string | null;
}

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
