// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface SignedIn {
  /** Bearer token */
  token: string;
  userId: string;
  expiresAt: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code:
    | 'VALIDATION_FAILED'
    | 'IDEMPOTENCY_KEY_REQUIRED'
    | 'SEATS_IN_SEVERAL_SECTIONS'
    | 'TOO_MANY_SEATS'
    | 'UNAUTHENTICATED'
    | 'FORBIDDEN'
    | 'QUEUE_TOKEN_REQUIRED'
    | 'QUEUE_TOKEN_NOT_ACTIVE'
    | 'QUEUE_TOKEN_EXPIRED'
    | 'QUEUE_TOKEN_INVALID'
    | 'NOT_FOUND'
    | 'CONCERT_NOT_FOUND'
    | 'DRAW_NOT_FOUND'
    | 'PERFORMANCES_NOT_SCHEDULED'
    | 'PERFORMANCE_NOT_FOUND'
    | 'SEAT_NOT_FOUND'
    | 'HOLD_NOT_FOUND'
    | 'PAYMENT_NOT_FOUND'
    | 'RESERVATION_NOT_FOUND'
    | 'JOB_NOT_FOUND'
    | 'QUEUE_TOKEN_NOT_FOUND'
    | 'METHOD_NOT_ALLOWED'
    | 'SEAT_TAKEN'
    | 'SEAT_LIMIT_EXCEEDED'
    | 'PERFORMANCE_STARTED'
    | 'HOLD_EXPIRED'
    | 'HOLD_RELEASED'
    | 'HOLD_ALREADY_PAID'
    | 'POINTS_INSUFFICIENT'
    | 'BALANCE_LIMIT_EXCEEDED'
    | 'WAITING_ROOM_CLOSED'
    | 'JOB_NOT_FAILED'
    | 'ALREADY_EXISTS'
    | 'CURSOR_EXPIRED'
    | 'PAYLOAD_TOO_LARGE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'IDEMPOTENCY_KEY_REUSED'
    | 'QUEUE_POLL_TOO_EARLY'
    | 'TOO_MANY_STREAMS'
    | 'RATE_LIMITED'
    | 'COMMAND_FAILED'
    | 'INTERNAL_ERROR'
    | 'SERVICE_UNAVAILABLE'
    | 'OVERLOADED';
  detail: string;
  /** With VALIDATION_FAILED: every mistake, by its place in the request */
  errors?: {
    path: string;
    message: string;
  }[];
  /** With SEAT_TAKEN and SEAT_NOT_FOUND: which seats */
  seatIds?: string[];
  /** With SEAT_LIMIT_EXCEEDED: how many you have already */
  seats?: number;
  /** With SEAT_LIMIT_EXCEEDED: how many you may have */
  limit?: number;
  [name: string]: unknown;
}

export interface SignIn {
  /** Any name; the same name is the same user */
  name: string;
  /** For the name `admin` only */
  password?: string;
}

export interface QueueToken {
  status: 'waiting' | 'active' | 'completed' | 'expired' | 'left';
  /** 1 is next; null before the line opens and after the wait */
  position: number | null;
  /** People really ahead now */
  ahead: number | null;
  etaSeconds: number | null;
  /** From the measured rate of admissions; not known until there is one */
  eta: {
    known: boolean;
    lowSeconds: number | null;
    highSeconds: number | null;
  };
  /** While waiting: nobody is let in for now, and every place is kept */
  paused: boolean;
  /** Poll again after this, not before; null at the end */
  pollAfterSeconds: number | null;
  /** When the token ends unless it is heard of */
  expiresAt: string | null;
  /** While active: until when, unless polls or use extend it */
  activeUntil: string | null;
  /** While active: the latest that it can be extended to */
  activeUntilAtMost: string | null;
  /** While active: where to go */
  entryUrl: string | null;
  /** When the line opens, if it has not yet */
  opensAt: string | null;
  /** Number in the opening draw, for those who came before it */
  drawNumber: number | null;
  /** To be sent as `Queue-Token` */
  token: string;
}

export interface QueueTokenState {
  status: 'waiting' | 'active' | 'completed' | 'expired' | 'left';
  /** 1 is next; null before the line opens and after the wait */
  position: number | null;
  /** People really ahead now */
  ahead: number | null;
  etaSeconds: number | null;
  /** From the measured rate of admissions; not known until there is one */
  eta: {
    known: boolean;
    lowSeconds: number | null;
    highSeconds: number | null;
  };
  /** While waiting: nobody is let in for now, and every place is kept */
  paused: boolean;
  /** Poll again after this, not before; null at the end */
  pollAfterSeconds: number | null;
  /** When the token ends unless it is heard of */
  expiresAt: string | null;
  /** While active: until when, unless polls or use extend it */
  activeUntil: string | null;
  /** While active: the latest that it can be extended to */
  activeUntilAtMost: string | null;
  /** While active: where to go */
  entryUrl: string | null;
  /** When the line opens, if it has not yet */
  opensAt: string | null;
  /** Number in the opening draw, for those who came before it */
  drawNumber: number | null;
}

export interface Draw {
  opensAt: string;
  /** SHA-256 of the seed, in hex; known from the start */
  seedHash: string;
  /** In hex; null until the line opens */
  seed: string | null;
  /** Draw numbers 1 to this took part; null until the line opens */
  participants: number | null;
}

export interface Concerts {
  items: Concert[];
  nextCursor: string | null;
}

export interface Concert {
  id: string;
  title: string;
  /** When the line opens; null: it is open */
  opensAt: string | null;
}

export interface Performances {
  items: Performance[];
  nextCursor: string | null;
}

export interface Performance {
  id: string;
  concertId: string;
  startsAt: string;
  seatsTotal: number;
  seatsAvailable: number;
}

export interface PerformanceDetails {
  id: string;
  concertId: string;
  concertTitle: string;
  startsAt: string;
  seatsTotal: number;
  seatsAvailable: number;
}

export interface SeatMap {
  performanceId: string;
  seats: Seat[];
}

export interface Seat {
  id: string;
  section: string;
  row: string;
  number: number;
  price: number;
  status: 'available' | 'held' | 'sold';
}

export interface SeatChanges {
  changes: {
    id: string;
    status: 'available' | 'held' | 'sold';
  }[];
}

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
  seatIds: string[];
}

export interface Hold {
  id: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  status: 'held' | 'paid' | 'expired' | 'released';
  expiresAt: string;
  reservationId: string | null;
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

export interface PaymentPayJob {
  id: string;
  kind: 'payment.pay';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    paymentId: string;
    reservationId: string;
    amount: number;
    /** What is left in the wallet */
    balance: number;
  } | null;
  problem: Problem | null;
}

export interface Payment {
  id: string;
  holdId: string;
  reservationId: string;
  amount: number;
  paidAt: string;
}

export interface Reservations {
  items: Reservation[];
  nextCursor: string | null;
}

export interface Reservation {
  id: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  paymentId: string;
  reservedAt: string;
}

export interface Balance {
  balance: number;
}

export interface PointEntries {
  items: PointEntry[];
  nextCursor: string | null;
}

export interface PointEntry {
  /** 1, 2, 3 … without gaps */
  seq: number;
  kind: 'charge' | 'use';
  /** Always positive; `kind` says the direction */
  amount: number;
  balanceAfter: number;
  at: string;
  jobId: string;
  /** The payment that used the points, if one did */
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
  } | null;
  problem: Problem | null;
}

export interface PointChange {
  amount: number;
}

export interface PointsUseJob {
  id: string;
  kind: 'points.use';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    amount: number;
    balance: number;
  } | null;
  problem: Problem | null;
}

export interface Job {
  id: string;
  kind: 'hold.place' | 'hold.release' | 'hold.expire' | 'points.charge' | 'points.use' | 'payment.pay';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    [name: string]: unknown;
  } | null;
  problem: Problem | null;
}

export interface AdminConcert {
  id: string;
  title: string;
  /** When the line opens; null: it is open */
  opensAt: string | null;
  /** Where admitted visitors go; null: the API's own address of the concert */
  entryUrl: string | null;
  createdAt: string;
  room: RoomSettings;
}

export interface RoomSettings {
  /** Most visitors active at once; null: no limit */
  maxActive: number | null;
  /** Most visitors let in within any 60 seconds; null: no limit */
  admitPerMinute: number | null;
  /** How long an active visitor may do nothing */
  sessionSeconds: number;
  /** Longest visit; not below `sessionSeconds` */
  maxSessionSeconds: number;
  /** How long a silent visitor keeps the place in line */
  graceSeconds: number;
  /** Nobody is let in */
  paused: boolean;
  /** Nobody new may join */
  draining: boolean;
  /** Raised by a reset: older queue tokens are worth nothing */
  epoch: number;
}

export interface NewConcert {
  /** An id of your choice; the same request again gives the same answer */
  id: string;
  title: string;
  /** When the line opens; null: it is open */
  opensAt?: string | null;
  /** Where admitted visitors go; null: the API's own address of the concert */
  entryUrl?: string | null;
  /** Limits of the waiting room; those left out get the product's own */
  room?: {
    /** Most visitors active at once; null: no limit */
    maxActive?: number | null;
    /** Most visitors let in within any 60 seconds; null: no limit */
    admitPerMinute?: number | null;
    /** How long an active visitor may do nothing */
    sessionSeconds?: number;
    /** Longest visit; not below `sessionSeconds` */
    maxSessionSeconds?: number;
    /** How long a silent visitor keeps the place in line */
    graceSeconds?: number;
  };
}

export interface ConcertChanges {
  title?: string;
  /** When the line opens; null: it is open */
  opensAt?: string | null;
  /** Where admitted visitors go; null: the API's own address of the concert */
  entryUrl?: string | null;
}

export interface AdminPerformance {
  id: string;
  concertId: string;
  startsAt: string;
  seatsTotal: number;
}

export interface NewPerformance {
  /** An id of your choice; the same request again gives the same answer */
  id: string;
  startsAt: string;
  sections: {
    name: string;
    rows: number;
    seatsPerRow: number;
    /** Whole points: one price for all rows, or a list with one for each row from the front */
    price: number | number[];
  }[];
}

export interface Sales {
  items: ConcertSales[];
  nextCursor: string | null;
}

export interface ConcertSales {
  id: string;
  title: string;
  opensAt: string | null;
  /** In the order of their dates */
  performances: PerformanceSales[];
}

export interface PerformanceSales {
  id: string;
  startsAt: string;
  seatsTotal: number;
  available: number;
  held: number;
  sold: number;
}

export interface AdminRoom {
  settings: RoomSettings;
  numbers: RoomNumbers;
}

export interface RoomNumbers {
  waiting: number;
  active: number;
  admittedLastMinute: number;
  /** This and the following since the room's epoch began */
  joined: number;
  admitted: number;
  /** Silent for longer than `graceSeconds` */
  dropped: number;
  /** Active visitors whose session ended by itself */
  expired: number;
  /** Visits that ended with a payment */
  completed: number;
  left: number;
  meanWaitSeconds: number | null;
}

export interface RoomLimitChanges {
  /** Most visitors active at once; null: no limit */
  maxActive?: number | null;
  /** Most visitors let in within any 60 seconds; null: no limit */
  admitPerMinute?: number | null;
  /** How long an active visitor may do nothing */
  sessionSeconds?: number;
  /** Longest visit; not below `sessionSeconds` */
  maxSessionSeconds?: number;
  /** How long a silent visitor keeps the place in line */
  graceSeconds?: number;
}

export interface RoomReset {
  /** The epoch to end, so that a repeat resets nothing twice */
  epoch: number;
}

export interface Lanes {
  items: LaneNumbers[];
}

export interface LaneNumbers {
  lane: string;
  /** The worker that carries it out; null: nobody does */
  owner: string | null;
  /** `due` and `later` together */
  unfinished: number;
  /** Commands to be carried out now */
  due: number;
  /** Commands for a later time: ends of holds */
  later: number;
  /** How long the oldest due command has been due; null: none is */
  oldestSeconds: number | null;
  /** Commands that it has ever carried out: two looks make a rate */
  carriedOut: number;
}

export interface FailedJobs {
  items: AdminJob[];
  nextCursor: string | null;
}

export interface AdminJob {
  id: string;
  kind: 'hold.place' | 'hold.release' | 'hold.expire' | 'points.charge' | 'points.use' | 'payment.pay';
  status: 'accepted' | 'done' | 'refused' | 'failed' | 'skipped';
  lane: string;
  userId: string;
  /** What the command is told; a damaged one is a reason to fail */
  payload?: unknown;
  acceptedAt: string;
  dueAt: string;
  finishedAt: string | null;
  /** Why it was refused or failed */
  reason: string | null;
}

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
    | 'waiting-room.limit'
    | 'waiting-room.pause'
    | 'waiting-room.resume'
    | 'waiting-room.drain'
    | 'waiting-room.reset'
    | 'job.retry';
  /** Id of the concert, performance or job */
  target: string;
  at: string;
  /** What was asked for, or what changed */
  details: {
    [name: string]: unknown;
  };
}

export interface Events {
  items: Event[];
  /** To be sent as `after` next time */
  cursor: string;
}

export type Event = HoldEvent | TokenEvent;

export interface HoldEvent {
  type: 'hold.placed' | 'hold.paid' | 'hold.expired' | 'hold.released';
  at: string;
  holdId: string;
  userId: string;
  concertId: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  expiresAt: string;
  reservationId: string | null;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface TokenEvent {
  type: 'token.admitted';
  at: string;
  userId: string;
  concertId: string;
  /** First 16 bytes of the SHA-256 of the queue token, base64url */
  tokenHash: string;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface Health {
  status: 'ok';
}

/** Everything that the API may refuse. */
export type ProblemCode = Problem['code'];

/** Every operation, by method and path. */

export interface Operations {
  /** Get a bearer token for a name */
  'POST /v1/sign-in': {
    path: undefined;
    query: undefined;
    body: SignIn;
    answer: SignedIn;
  };
  /** Take a place in line */
  'POST /v1/concerts/{concertId}/queue-token': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: QueueToken;
  };
  /** Where your place in line stands */
  'GET /v1/concerts/{concertId}/queue-token': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: QueueTokenState;
  };
  /** Leave the line */
  'DELETE /v1/concerts/{concertId}/queue-token': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: QueueTokenState;
  };
  /** Your place in line, live */
  'GET /v1/concerts/{concertId}/queue-token/events': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: QueueTokenState;
  };
  /** The opening draw */
  'GET /v1/concerts/{concertId}/draw': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: Draw;
  };
  /** All concerts */
  'GET /v1/concerts': {
    path: undefined;
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    body: undefined;
    answer: Concerts;
  };
  /** One concert */
  'GET /v1/concerts/{concertId}': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: Concert;
  };
  /** Dates of a concert, with free seats */
  'GET /v1/concerts/{concertId}/performances': {
    path: {
      concertId: string;
    };
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    body: undefined;
    answer: Performances;
  };
  /** One date, with its concert */
  'GET /v1/performances/{performanceId}': {
    path: {
      performanceId: string;
    };
    query: undefined;
    body: undefined;
    answer: PerformanceDetails;
  };
  /** All seats of a performance */
  'GET /v1/performances/{performanceId}/seats': {
    path: {
      performanceId: string;
    };
    query: undefined;
    body: undefined;
    answer: SeatMap;
  };
  /** The seats of a performance, live */
  'GET /v1/performances/{performanceId}/seats/events': {
    path: {
      performanceId: string;
    };
    query: undefined;
    body: undefined;
    answer: SeatMap | SeatChanges;
  };
  /** Hold seats */
  'POST /v1/performances/{performanceId}/holds': {
    path: {
      performanceId: string;
    };
    query: undefined;
    body: HoldRequest;
    answer: HoldPlaceJob;
  };
  /** One of your holds */
  'GET /v1/holds/{holdId}': {
    path: {
      holdId: string;
    };
    query: undefined;
    body: undefined;
    answer: Hold;
  };
  /** Give a hold back early */
  'DELETE /v1/holds/{holdId}': {
    path: {
      holdId: string;
    };
    query: undefined;
    body: undefined;
    answer: HoldReleaseJob;
  };
  /** Pay a hold with points */
  'POST /v1/holds/{holdId}/payment': {
    path: {
      holdId: string;
    };
    query: undefined;
    body: undefined;
    answer: PaymentPayJob;
  };
  /** One of your payments */
  'GET /v1/payments/{paymentId}': {
    path: {
      paymentId: string;
    };
    query: undefined;
    body: undefined;
    answer: Payment;
  };
  /** Your reservations, newest first */
  'GET /v1/reservations': {
    path: undefined;
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    body: undefined;
    answer: Reservations;
  };
  /** One of your reservations */
  'GET /v1/reservations/{reservationId}': {
    path: {
      reservationId: string;
    };
    query: undefined;
    body: undefined;
    answer: Reservation;
  };
  /** Your balance */
  'GET /v1/points': {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Balance;
  };
  /** Your ledger, newest entry first */
  'GET /v1/points/history': {
    path: undefined;
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    body: undefined;
    answer: PointEntries;
  };
  /** Charge points */
  'POST /v1/points/charges': {
    path: undefined;
    query: undefined;
    body: PointChange;
    answer: PointsChargeJob;
  };
  /** Use points */
  'POST /v1/points/uses': {
    path: undefined;
    query: undefined;
    body: PointChange;
    answer: PointsUseJob;
  };
  /** What becomes of your commands, live */
  'GET /v1/jobs/events': {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Job;
  };
  /** What became of a command */
  'GET /v1/jobs/{jobId}': {
    path: {
      jobId: string;
    };
    query: undefined;
    body: undefined;
    answer: Job;
  };
  /** Create a concert */
  'POST /v1/admin/concerts': {
    path: undefined;
    query: undefined;
    body: NewConcert;
    answer: AdminConcert;
  };
  /** Change a concert */
  'PATCH /v1/admin/concerts/{concertId}': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: ConcertChanges;
    answer: AdminConcert;
  };
  /** Create a date with all of its seats */
  'POST /v1/admin/concerts/{concertId}/performances': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: NewPerformance;
    answer: AdminPerformance;
  };
  /** How every concert sells */
  'GET /v1/admin/sales': {
    path: undefined;
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    body: undefined;
    answer: Sales;
  };
  /** How a concert sells */
  'GET /v1/admin/concerts/{concertId}/sales': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: ConcertSales;
  };
  /** Settings and numbers of a waiting room */
  'GET /v1/admin/concerts/{concertId}/waiting-room': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: AdminRoom;
  };
  /** Set the limits of a waiting room */
  'PATCH /v1/admin/concerts/{concertId}/waiting-room': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: RoomLimitChanges;
    answer: RoomSettings;
  };
  /** Let nobody in for now */
  'POST /v1/admin/concerts/{concertId}/waiting-room/pause': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: RoomSettings;
  };
  /** Let people in again */
  'POST /v1/admin/concerts/{concertId}/waiting-room/resume': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: RoomSettings;
  };
  /** Take nobody new */
  'POST /v1/admin/concerts/{concertId}/waiting-room/drain': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: undefined;
    answer: RoomSettings;
  };
  /** Start the line anew */
  'POST /v1/admin/concerts/{concertId}/waiting-room/reset': {
    path: {
      concertId: string;
    };
    query: undefined;
    body: RoomReset;
    answer: RoomSettings;
  };
  /** Unfinished commands of every lane */
  'GET /v1/admin/lanes': {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Lanes;
  };
  /** Commands that failed, newest first */
  'GET /v1/admin/failed-jobs': {
    path: undefined;
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    body: undefined;
    answer: FailedJobs;
  };
  /** Anybody's command */
  'GET /v1/admin/jobs/{jobId}': {
    path: {
      jobId: string;
    };
    query: undefined;
    body: undefined;
    answer: AdminJob;
  };
  /** Carry out a failed command after all */
  'POST /v1/admin/jobs/{jobId}/retry': {
    path: {
      jobId: string;
    };
    query: undefined;
    body: undefined;
    answer: AdminJob;
  };
  /** Who changed what, newest first */
  'GET /v1/admin/actions': {
    path: undefined;
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    body: undefined;
    answer: AdminActions;
  };
  /** What happened, as it was committed */
  'GET /v1/admin/events': {
    path: undefined;
    query: {
      /** A cursor; the feed goes on behind it */
      after?: string;
      /** About how many events at most */
      limit?: number;
      /** Seconds to wait for an event */
      wait?: number | null;
    };
    body: undefined;
    answer: Events;
  };
  /** Is the process alive? */
  'GET /livez': {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Health;
  };
  /** Can it serve requests now? */
  'GET /readyz': {
    path: undefined;
    query: undefined;
    body: undefined;
    answer: Health;
  };
}
