// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type {
  AdminActions,
  AdminCancellation,
  AdminConcert,
  AdminJob,
  AdminPerformance,
  AdminRoom,
  AdminTopUp,
  AdminTopUps,
  CallOff,
  CallOffRequest,
  CashierCharge,
  ConcertChanges,
  ConcertSales,
  Debts,
  Events,
  FailedJobs,
  Lanes,
  NewConcert,
  NewPerformance,
  PerformanceChanges,
  PointReport,
  RoomLimitChanges,
  RoomReset,
  RoomSettings,
  Sales,
  StandbyLines,
} from './admin.ts';
import type { Concert, Concerts, PerformanceDetails, Performances, SeatChanges, SeatMap } from './concert.ts';
import type { Health } from './health.ts';
import type { Job } from './job.ts';
import type { Payment, PaymentPayJob } from './payment.ts';
import type { Balance, NewTopUp, PointChange, PointEntries, PointsUseJob, Statement, TopUp } from './point.ts';
import type { ProblemType } from './problem.ts';
import type {
  Cancellation,
  CancellationTerms,
  Reservation,
  ReservationCancelJob,
  Reservations,
} from './reservation.ts';
import type { PointsChargeJob } from './shared.ts';
import type { SignedIn, SignIn } from './sign-in.ts';
import type { StandbyJoinJob, StandbyLeaveJob, StandbyPlaces, StandbyRequest } from './standby.ts';
import type { Hold, HoldPlaceJob, HoldReleaseJob, HoldRequest, Holds } from './temporary-reservation.ts';
import type { Draw, QueueTokenState } from './waiting-queue.ts';
import type { QueueToken } from './waiting-token.ts';

/** Every operation, by method and path. */
export interface Operations {
  /** Get a bearer token for a name */
  'POST /v1/sign-in': { body: SignIn; answer: SignedIn };
  /** Join the queue */
  'POST /v1/concerts/{concertId}/queue-token': { path: { concertId: string }; answer: QueueToken };
  /** Your position in the queue */
  'GET /v1/concerts/{concertId}/queue-token': { path: { concertId: string }; answer: QueueTokenState };
  /** Leave the queue */
  'DELETE /v1/concerts/{concertId}/queue-token': { path: { concertId: string }; answer: QueueTokenState };
  /** Your position in the queue, live */
  'GET /v1/concerts/{concertId}/queue-token/events': { path: { concertId: string }; answer: QueueTokenState };
  /** The opening draw */
  'GET /v1/concerts/{concertId}/draw': { path: { concertId: string }; answer: Draw };
  /** All concerts */
  'GET /v1/concerts': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Concerts;
  };
  /** One concert */
  'GET /v1/concerts/{concertId}': { path: { concertId: string }; answer: Concert };
  /** Dates of a concert, with free seats */
  'GET /v1/concerts/{concertId}/performances': {
    path: { concertId: string };
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      /** `available`: only dates with free seats */
      status?: 'available';
    };
    answer: Performances;
  };
  /** One date, with its concert */
  'GET /v1/performances/{performanceId}': { path: { performanceId: string }; answer: PerformanceDetails };
  /** All seats of a performance */
  'GET /v1/performances/{performanceId}/seats': {
    path: { performanceId: string };
    query: {
      /** Only the seats with this status */
      status?: 'available' | 'held' | 'sold';
    };
    answer: SeatMap;
  };
  /** The seats of a performance, live */
  'GET /v1/performances/{performanceId}/seats/events': {
    path: { performanceId: string };
    answer: SeatMap | SeatChanges;
  };
  /** Hold seats */
  'POST /v1/performances/{performanceId}/holds': {
    path: { performanceId: string };
    body: HoldRequest;
    answer: HoldPlaceJob;
  };
  /** Your holds, live ones first */
  'GET /v1/holds': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      /** Only holds of this performance */
      performanceId?: string;
    };
    answer: Holds;
  };
  /** One of your holds */
  'GET /v1/holds/{holdId}': { path: { holdId: string }; answer: Hold };
  /** Give a hold back early */
  'DELETE /v1/holds/{holdId}': { path: { holdId: string }; answer: HoldReleaseJob };
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
  /** Pay a hold with points */
  'POST /v1/holds/{holdId}/payment': { path: { holdId: string }; answer: PaymentPayJob };
  /** One of your payments */
  'GET /v1/payments/{paymentId}': { path: { paymentId: string }; answer: Payment };
  /** Your reservations, newest first */
  'GET /v1/reservations': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Reservations;
  };
  /** One of your reservations */
  'GET /v1/reservations/{reservationId}': { path: { reservationId: string }; answer: Reservation };
  /** What would come back, and until when */
  'GET /v1/reservations/{reservationId}/cancellation': { path: { reservationId: string }; answer: CancellationTerms };
  /** Cancel seats and get points back */
  'POST /v1/reservations/{reservationId}/cancellation': {
    path: { reservationId: string };
    body: Cancellation;
    answer: ReservationCancelJob;
  };
  /** Your balance */
  'GET /v1/points': { answer: Balance };
  /** Your ledger, newest entry first */
  'GET /v1/points/history': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: PointEntries;
  };
  /** Your ledger of a stretch of time */
  'GET /v1/points/statement': {
    query: {
      /** Thirty days before `to` by default */
      from?: string;
      /** Now by default */
      to?: string;
      /** `csv`: a line an entry, for spreadsheets */
      format?: 'json' | 'csv';
    };
    answer: Statement;
  };
  /** Charge points */
  'POST /v1/points/charges': { body: PointChange; answer: PointsChargeJob };
  /** Use points */
  'POST /v1/points/uses': { body: PointChange; answer: PointsUseJob };
  /** Buy points */
  'POST /v1/points/top-ups': { body: NewTopUp; answer: TopUp };
  /** One of your top-ups */
  'GET /v1/points/top-ups/{topUpId}': { path: { topUpId: string }; answer: TopUp };
  /** Stripe's webhook */
  'POST /v1/providers/stripe/events': {
    body: {
      [name: string]: unknown;
    };
    answer: {
      received: true;
    };
  };
  /** What becomes of your commands, live */
  'GET /v1/jobs/events': { answer: Job };
  /** What became of a command */
  'GET /v1/jobs/{jobId}': { path: { jobId: string }; answer: Job };
  /** Charge a user's points, as a cashier */
  'POST /v1/admin/users/{userId}/points/charges': {
    path: { userId: string };
    body: CashierCharge;
    answer: PointsChargeJob;
  };
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
  /** Move a date, or change its terms */
  'PATCH /v1/admin/performances/{performanceId}': {
    path: { performanceId: string };
    body: PerformanceChanges;
    answer: AdminPerformance;
  };
  /** Call a date off */
  'POST /v1/admin/performances/{performanceId}/cancellation': {
    path: { performanceId: string };
    body: CallOffRequest;
    answer: CallOff;
  };
  /** How much of a date is given back */
  'GET /v1/admin/performances/{performanceId}/cancellation': { path: { performanceId: string }; answer: CallOff };
  /** How every concert sells */
  'GET /v1/admin/sales': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Sales;
  };
  /** Who waits for seats of a date, section by section */
  'GET /v1/admin/performances/{performanceId}/standby': { path: { performanceId: string }; answer: StandbyLines };
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
    answer: RoomSettings;
  };
  /** Cancel seats for anybody */
  'POST /v1/admin/reservations/{reservationId}/cancellation': {
    path: { reservationId: string };
    body: AdminCancellation;
    answer: AdminJob;
  };
  /** Unfinished commands of every lane */
  'GET /v1/admin/lanes': { answer: Lanes };
  /** Commands that failed, newest first */
  'GET /v1/admin/failed-jobs': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: FailedJobs;
  };
  /** Anybody's command */
  'GET /v1/admin/jobs/{jobId}': { path: { jobId: string }; answer: AdminJob };
  /** Carry out a failed command after all */
  'POST /v1/admin/jobs/{jobId}/retry': { path: { jobId: string }; answer: AdminJob };
  /** Top-ups of one status, newest first */
  'GET /v1/admin/top-ups': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
      status?: 'pending' | 'paid' | 'settled' | 'held' | 'failed' | 'expired' | 'refunding' | 'refunded';
    };
    answer: AdminTopUps;
  };
  /** Give the money of a top-up back */
  'POST /v1/admin/top-ups/{topUpId}/refund': { path: { topUpId: string }; answer: AdminTopUp };
  /** Wallets that owe points, the largest debt first */
  'GET /v1/admin/debts': {
    query: {
      /** Most items on a page */
      limit?: number;
      /** `nextCursor` of the page before */
      cursor?: string;
    };
    answer: Debts;
  };
  /** Points of one day, by kind */
  'GET /v1/admin/reports/points': {
    query: {
      /** Today by default */
      day?: string;
    };
    answer: PointReport;
  };
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
  /** What happened, as it was committed */
  'GET /v1/admin/events': {
    query: {
      /** A cursor; the feed goes on behind it */
      after?: string;
      /** About how many events at most */
      limit?: number;
      /** Seconds to wait for an event */
      wait?: number | null;
    };
    answer: Events;
  };
  /** What a problem means */
  'GET /problems/{name}': { path: { name: string }; answer: ProblemType };
  /** Is the process alive? */
  'GET /livez': { answer: Health };
  /** Can it serve requests now? */
  'GET /readyz': { answer: Health };
}
