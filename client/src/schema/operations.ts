// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { AdminActionsOperations } from './admin-actions.ts';
import type { AdminApprovalsOperations } from './admin-approvals.ts';
import type { AdminConcertsOperations } from './admin-concerts.ts';
import type { AdminDebtsOperations } from './admin-debts.ts';
import type { AdminEventsOperations } from './admin-events.ts';
import type { AdminFailedJobsOperations } from './admin-failed-jobs.ts';
import type { AdminHoldsOperations } from './admin-holds.ts';
import type { AdminJobsOperations } from './admin-jobs.ts';
import type { AdminLanesOperations } from './admin-lanes.ts';
import type { AdminMeOperations } from './admin-me.ts';
import type { AdminPerformancesOperations } from './admin-performances.ts';
import type { AdminReportsOperations } from './admin-reports.ts';
import type { AdminRequestsOperations } from './admin-requests.ts';
import type { AdminReservationsOperations } from './admin-reservations.ts';
import type { AdminSalesOperations } from './admin-sales.ts';
import type { AdminSeatingPlansOperations } from './admin-seating-plans.ts';
import type { AdminSeatsOperations } from './admin-seats.ts';
import type { AdminTopUpsOperations } from './admin-top-ups.ts';
import type { AdminUsersOperations } from './admin-users.ts';
import type { ConcertOperations } from './concert.ts';
import type { HealthOperations } from './health.ts';
import type { JobOperations } from './job.ts';
import type { PaymentOperations } from './payment.ts';
import type { PointOperations } from './point.ts';
import type { ProblemOperations } from './problem.ts';
import type { ReservationOperations } from './reservation.ts';
import type { SignInOperations } from './sign-in.ts';
import type { StandbyOperations } from './standby.ts';
import type { TemporaryReservationOperations } from './temporary-reservation.ts';
import type { WaitingQueueOperations } from './waiting-queue.ts';
import type { WaitingTokenOperations } from './waiting-token.ts';

/** Every operation, by method and path. */
export interface Operations
  extends AdminActionsOperations,
    AdminApprovalsOperations,
    AdminConcertsOperations,
    AdminDebtsOperations,
    AdminEventsOperations,
    AdminFailedJobsOperations,
    AdminHoldsOperations,
    AdminJobsOperations,
    AdminLanesOperations,
    AdminMeOperations,
    AdminPerformancesOperations,
    AdminReportsOperations,
    AdminRequestsOperations,
    AdminReservationsOperations,
    AdminSalesOperations,
    AdminSeatingPlansOperations,
    AdminSeatsOperations,
    AdminTopUpsOperations,
    AdminUsersOperations,
    ConcertOperations,
    HealthOperations,
    JobOperations,
    PaymentOperations,
    PointOperations,
    ProblemOperations,
    ReservationOperations,
    SignInOperations,
    StandbyOperations,
    TemporaryReservationOperations,
    WaitingQueueOperations,
    WaitingTokenOperations {}
