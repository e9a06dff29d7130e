/** One table of everything the product can refuse: HTTP status, title, and whether the same request may succeed later. */
export const problems = {
  VALIDATION_FAILED: { status: 400, title: 'The request does not have the documented shape' },
  EVENT_INVALID: { status: 400, title: 'The event is not signed by the provider, or too old' },
  IDEMPOTENCY_KEY_REQUIRED: { status: 400, title: 'A command needs an Idempotency-Key header' },
  SEATING_PLAN_INVALID: { status: 400, title: 'The seating plan has mistakes' },
  SEATS_IN_SEVERAL_SECTIONS: { status: 400, title: 'The seats of one hold must lie in one section' },
  TOO_MANY_SEATS: { status: 400, title: 'More seats than one hold may have' },
  UNAUTHENTICATED: { status: 401, title: 'A valid bearer token is needed' },
  FORBIDDEN: { status: 403, title: 'Your roles do not allow this' },
  CASHIER_REQUIRED: { status: 403, title: 'This needs the cashier role' },
  SECOND_PERSON_REQUIRED: { status: 403, title: 'Another person must confirm this' },
  CHARGES_CLOSED: { status: 403, title: 'Users do not charge their own wallets here' },
  TOP_UPS_CLOSED: { status: 403, title: 'No points are sold here' },
  QUEUE_TOKEN_REQUIRED: { status: 403, title: 'A Queue-Token header is needed here' },
  QUEUE_TOKEN_NOT_ACTIVE: { status: 403, title: 'The queue token is still waiting in line' },
  QUEUE_TOKEN_EXPIRED: { status: 403, title: 'The queue token has ended' },
  QUEUE_TOKEN_INVALID: { status: 403, title: 'The queue token is not one of yours for this concert' },
  NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  CONCERT_NOT_FOUND: { status: 404, title: 'No such concert' },
  DRAW_NOT_FOUND: { status: 404, title: 'This concert has no opening draw' },
  PERFORMANCES_NOT_SCHEDULED: { status: 404, title: 'The dates of this concert are not set up yet' },
  PERFORMANCE_NOT_FOUND: { status: 404, title: 'No such performance' },
  SEATING_PLAN_NOT_FOUND: { status: 404, title: 'No such seating plan' },
  SECTION_NOT_FOUND: { status: 404, title: 'No such section at this performance' },
  SEAT_NOT_FOUND: { status: 404, title: 'No such seat at this performance' },
  BLOCK_NOT_FOUND: { status: 404, title: 'No such block' },
  HOLD_NOT_FOUND: { status: 404, title: 'No such hold' },
  PAYMENT_NOT_FOUND: { status: 404, title: 'No such payment' },
  TOP_UP_NOT_FOUND: { status: 404, title: 'No such top-up' },
  RESERVATION_NOT_FOUND: { status: 404, title: 'No such reservation' },
  REQUEST_NOT_FOUND: { status: 404, title: 'No command came from such a request' },
  APPROVAL_NOT_FOUND: { status: 404, title: 'No such request for a second person' },
  STANDBY_NOT_FOUND: { status: 404, title: 'No such place on standby' },
  JOB_NOT_FOUND: { status: 404, title: 'No such job' },
  QUEUE_TOKEN_NOT_FOUND: { status: 404, title: 'You are not in line for this concert' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not take that method' },
  NO_SEATS_TOGETHER: { status: 409, title: 'No seats are free that fit the wish' },
  SEAT_TAKEN: { status: 409, title: 'A seat is held or sold' },
  SEAT_BLOCKED: { status: 409, title: 'A seat is not on sale' },
  SEAT_LIMIT_EXCEEDED: { status: 409, title: 'More seats of this performance than a user may have' },
  TOO_MANY_UNPAID_HOLDS: { status: 409, title: 'Too many holds of this performance that were not paid' },
  SEAT_HELD_TOO_OFTEN: { status: 409, title: 'A seat was held by you, and not paid, too often of late' },
  PERFORMANCE_STARTED: { status: 409, title: 'The performance has started' },
  HOLD_EXPIRED: { status: 409, title: 'The hold ran out' },
  HOLD_RELEASED: { status: 409, title: 'The hold was given back' },
  HOLD_ALREADY_PAID: { status: 409, title: 'The hold is already paid' },
  PERFORMANCE_CANCELLED: { status: 409, title: 'The performance is cancelled' },
  SEAT_NOT_RESERVED: { status: 409, title: 'A seat is not one of this reservation' },
  ALREADY_CANCELLED: { status: 409, title: 'A seat of the reservation is cancelled already' },
  CANCELLATION_CLOSED: { status: 409, title: 'The last moment to cancel has passed' },
  REFUND_TOO_LARGE: { status: 409, title: 'More points than were paid for the seats' },
  SEATS_AVAILABLE: { status: 409, title: 'Seats as you wish them are free' },
  STANDBY_EXISTS: { status: 409, title: 'You are on standby for this performance already' },
  STANDBY_ENDED: { status: 409, title: 'The place on standby is not waiting any more' },
  POINTS_INSUFFICIENT: { status: 409, title: 'Not enough points' },
  WALLET_IN_DEBT: { status: 409, title: 'The wallet owes points, so none are used' },
  TOP_UP_NOT_REFUNDABLE: { status: 409, title: 'Only a top-up that is settled or held, and whole, can be refunded' },
  TOP_UP_USED: { status: 409, title: 'Points of the top-up are used already' },
  BALANCE_LIMIT_EXCEEDED: { status: 409, title: 'The balance would grow beyond its limit' },
  WAITING_ROOM_CLOSED: { status: 409, title: 'The waiting room takes nobody new' },
  JOB_NOT_FAILED: { status: 409, title: 'Only a failed job can be retried' },
  SEATING_PLAN_IN_USE: { status: 409, title: 'Dates were made from the seating plan' },
  APPROVAL_OVER: { status: 409, title: 'The request for a second person is decided or has run out' },
  ALREADY_EXISTS: { status: 409, title: 'That id is already in use' },
  CURSOR_EXPIRED: { status: 410, title: 'The feed no longer reaches back to this cursor' },
  PAYLOAD_TOO_LARGE: { status: 413, title: 'The request body is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The request body must be application/json' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'This Idempotency-Key was used for another request' },
  QUEUE_POLL_TOO_EARLY: { status: 429, title: 'Polled before pollAfterSeconds had passed', retry: true },
  HOLD_IN_PROGRESS: { status: 429, title: 'Another hold of yours at this performance is being decided', retry: true },
  TOO_MANY_STREAMS: { status: 429, title: 'As many live streams as there may be are open', retry: true },
  TOO_MANY_TOP_UPS: { status: 429, title: 'As many checkouts of yours as there may be are open', retry: true },
  RATE_LIMITED: { status: 429, title: 'Too many requests', retry: true },
  COMMAND_FAILED: { status: 500, title: 'The command failed for a reason of ours' },
  INTERNAL_ERROR: { status: 500, title: 'Something went wrong on our side' },
  SERVICE_UNAVAILABLE: { status: 503, title: 'A store is away', retry: true },
  PROVIDER_UNAVAILABLE: { status: 503, title: 'The payment provider is away', retry: true },
  OVERLOADED: { status: 503, title: 'More commands are waiting than can be carried out soon', retry: true },
} as const satisfies Record<string, { status: number; title: string; retry?: boolean }>;

export type ProblemCode = keyof typeof problems;

interface ProblemOptions {
  detail?: string;
  /** Extension members of the problem document, such as `seatIds` or `errors`. */
  extra?: Record<string, unknown>;
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** The one error class of the product: domain code throws codes, one translator speaks HTTP. */
export class Problem extends Error {
  readonly status: number;
  readonly detail: string;
  readonly extra: Record<string, unknown>;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ProblemCode,
    options: ProblemOptions = {},
  ) {
    super(`${code}: ${options.detail ?? problems[code].title}`, { cause: options.cause });
    this.status = problems[code].status;
    this.detail = options.detail ?? `${problems[code].title}.`;
    this.extra = options.extra ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds ?? ('retry' in problems[code] ? 1 : undefined);
  }
}

/** Where a code is explained, from the API's own address. */
export const problemType = (code: ProblemCode) => `/problems/${code.toLowerCase().replaceAll('_', '-')}`;

/** The members of an RFC 9457 document for a code; `detail` and extension members are the caller's. */
export function problemDocument(code: ProblemCode, detail: string, extra: Record<string, unknown> = {}) {
  const { status, title } = problems[code];
  return { ...extra, type: problemType(code), title, status, code, detail };
}
