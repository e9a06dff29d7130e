// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export interface CashierCharge {
  amount: number;
  /** Of a receipt or a ticket: what the points are for */
  reference: string;
}

export interface AdminConcert {
  id: string;
  title: string;
  /** When the queue opens; null: it is open */
  opensAt: string | null;
  /** The venue's time zone, an IANA name; null: that of the setting `TIME_ZONE` */
  timeZone: string | null;
  /** Where admitted visitors go; null: the API's own address of the concert */
  entryUrl: string | null;
  createdAt: string;
  room: RoomSettings;
}

export interface RoomSettings {
  /** Most visitors active at once; null: no limit */
  maxActive: number | null;
  /** Most visitors admitted within any 60 seconds; null: no limit */
  admitPerMinute: number | null;
  /** How long an active visitor may do nothing */
  sessionSeconds: number;
  /** Longest session; not below `sessionSeconds` */
  maxSessionSeconds: number;
  /** How long a silent visitor keeps the position in the queue */
  graceSeconds: number;
  /** No visitor is admitted */
  paused: boolean;
  /** No new visitor may join */
  draining: boolean;
  /** Raised by a reset: older queue tokens are invalid */
  epoch: number;
}

export interface NewConcert {
  /** An id of your choice; the same request again gives the same answer */
  id: string;
  title: string;
  /** When the queue opens; null: it is open */
  opensAt?: string | null;
  /** The venue's time zone, an IANA name; null: that of the setting `TIME_ZONE` */
  timeZone?: string | null;
  /** Where admitted visitors go; null: the API's own address of the concert */
  entryUrl?: string | null;
  /** Limits of the waiting room; those left out get the product's own */
  room?: {
    /** Most visitors active at once; null: no limit */
    maxActive?: number | null;
    /** Most visitors admitted within any 60 seconds; null: no limit */
    admitPerMinute?: number | null;
    /** How long an active visitor may do nothing */
    sessionSeconds?: number;
    /** Longest session; not below `sessionSeconds` */
    maxSessionSeconds?: number;
    /** How long a silent visitor keeps the position in the queue */
    graceSeconds?: number;
  };
}

export interface ConcertChanges {
  title?: string;
  /** When the queue opens; null: it is open */
  opensAt?: string | null;
  /** The venue's time zone, an IANA name; null: that of the setting `TIME_ZONE` */
  timeZone?: string | null;
  /** Where admitted visitors go; null: the API's own address of the concert */
  entryUrl?: string | null;
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

export interface Sales {
  items: ConcertSales[];
  nextCursor: string | null;
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
  /** Sessions that ended with a payment */
  completed: number;
  left: number;
  meanWaitSeconds: number | null;
}

export interface RoomLimitChanges {
  /** Most visitors active at once; null: no limit */
  maxActive?: number | null;
  /** Most visitors admitted within any 60 seconds; null: no limit */
  admitPerMinute?: number | null;
  /** How long an active visitor may do nothing */
  sessionSeconds?: number;
  /** Longest session; not below `sessionSeconds` */
  maxSessionSeconds?: number;
  /** How long a silent visitor keeps the position in the queue */
  graceSeconds?: number;
}

export interface RoomReset {
  /** The epoch to end, so that a repeat resets nothing twice */
  epoch: number;
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

export interface AdminCancellation {
  /** Seats of the reservation; without it, all that are still owned */
  seatIds?: string[];
  reason: string;
  /** All that was paid for the seats, nothing, or so many points, which fill the prices of the seats in turn */
  refund: 'full' | 'none' | number;
}

export interface Lanes {
  items: LaneNumbers[];
}

export interface LaneNumbers {
  lane: string;
  /** The worker that carries it out; null: none */
  owner: string | null;
  /** `due` and `later` together */
  unfinished: number;
  /** Commands to be carried out now */
  due: number;
  /** Commands for a later time: ends of holds */
  later: number;
  /** How long the oldest due command has been due; null: none is */
  oldestSeconds: number | null;
  /** Commands that it has ever carried out: two readings make a rate */
  carriedOut: number;
}

export interface FailedJobs {
  items: AdminJob[];
  nextCursor: string | null;
}

export interface AdminTopUps {
  items: AdminTopUp[];
  nextCursor: string | null;
}

export interface AdminTopUp {
  id: string;
  /** `pending` until the provider says more, `paid` until the points came, then `settled`. `held`: paid otherwise than asked, an operator decides. `failed` and `expired`: nothing was paid */
  status: 'pending' | 'paid' | 'settled' | 'held' | 'failed' | 'expired' | 'refunding' | 'refunded';
  /** Whole points */
  amount: number;
  /** In the currency's smallest unit */
  price: number;
  currency: string;
  createdAt: string;
  /** When the page closes */
  expiresAt: string;
  paidAt: string | null;
  /** Points taken back, since the money was */
  reversed: number;
  /** The charge that it became */
  jobId: string | null;
  userId: string;
  /** Why it is held, or was not refunded */
  reason: string | null;
  /** The provider's */
  paymentId: string | null;
  paid: {
    /** In the currency's smallest unit */
    price: number;
    currency: string;
  } | null;
  /** Of the price, by the provider */
  takenBack: {
    /** In the currency's smallest unit */
    refunded: number;
    /** In the currency's smallest unit */
    disputed: number;
  };
}

export interface Debts {
  items: Debt[];
  nextCursor: string | null;
}

export interface Debt {
  userId: string;
  balance: number;
  debt: number;
}

export interface PointReport {
  day: string;
  /** Of all entries of that day, by kind */
  totals: {
    charge: PointTotal;
    use: PointTotal;
    reversal: PointTotal;
    refund: PointTotal;
  };
  /** By how much the sum of all balances grew */
  change: number;
}

export interface PointTotal {
  entries: number;
  points: number;
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

export interface Events {
  items: Event[];
  /** To be sent as `after` next time */
  cursor: string;
}

export type Event = HoldEvent | StandbyEvent | ReservationEvent | PerformanceEvent | TokenEvent;

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

export interface StandbyEvent {
  type: 'standby.offered' | 'standby.lapsed';
  at: string;
  standbyId: string;
  holdId: string;
  userId: string;
  concertId: string;
  performanceId: string;
  seatIds: string[];
  amount: number;
  expiresAt: string;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface ReservationEvent {
  type: 'reservation.cancelled';
  at: string;
  reservationId: string;
  paymentId: string;
  userId: string;
  concertId: string;
  performanceId: string;
  /** Those that were cancelled; others may still be owned */
  seatIds: string[];
  refunded: number;
  fee: number;
  /** Goes on after this event, and after those that came with it */
  cursor: string;
}

export interface PerformanceEvent {
  type: 'performance.changed' | 'performance.cancelled';
  at: string;
  concertId: string;
  performanceId: string;
  startsAt: string;
  refundUntil: string;
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
