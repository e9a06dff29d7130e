// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminPerformance, Approval, ConcertSales } from './admin-shared.ts';

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

export interface NewPerformance {
  /** An id of your choice; the same request again gives the same answer */
  id: string;
  startsAt: string;
  sections?: {
    name: string;
    rows: number;
    seatsPerRow: number;
    /** Whole points, 0 for free: one price for all rows, or a list with one for each row from the front */
    price?: number | number[];
    /** In place of a price, one of those in `prices`: for all rows, or a list as well */
    category?: string | string[];
  }[];
  /** A kept seating plan, in place of `sections` */
  seatingPlanId?: string;
  /** Whole points for a seat, by category */
  prices?: {
    [name: string]: number;
  };
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

export interface AdminConcertsOperations {
  /** Create a concert */
  'POST /v1/admin/concerts': { body: NewConcert; answer: AdminConcert };
  /** Change a concert */
  'PATCH /v1/admin/concerts/{concertId}': { path: { concertId: string }; body: ConcertChanges; answer: AdminConcert };
  /** Create a date with all of its seats */
  'POST /v1/admin/concerts/{concertId}/performances': {
    path: { concertId: string };
    body: NewPerformance;
    answer: AdminPerformance;
  };
  /** How a concert sells */
  'GET /v1/admin/concerts/{concertId}/sales': { path: { concertId: string }; answer: ConcertSales };
  /** Settings and numbers of a waiting room */
  'GET /v1/admin/concerts/{concertId}/waiting-room': { path: { concertId: string }; answer: AdminRoom };
  /** Set the limits of a waiting room */
  'PATCH /v1/admin/concerts/{concertId}/waiting-room': {
    path: { concertId: string };
    body: RoomLimitChanges;
    answer: RoomSettings;
  };
  /** Pause admission */
  'POST /v1/admin/concerts/{concertId}/waiting-room/pause': { path: { concertId: string }; answer: RoomSettings };
  /** Resume admission */
  'POST /v1/admin/concerts/{concertId}/waiting-room/resume': { path: { concertId: string }; answer: RoomSettings };
  /** Close the waiting room to new visitors */
  'POST /v1/admin/concerts/{concertId}/waiting-room/drain': { path: { concertId: string }; answer: RoomSettings };
  /** Reset the queue */
  'POST /v1/admin/concerts/{concertId}/waiting-room/reset': {
    path: { concertId: string };
    body: RoomReset;
    answer: RoomSettings | Approval;
  };
}
