// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export type * from './schema/admin-actions.ts';
export type * from './schema/admin-concerts.ts';
export type * from './schema/admin-debts.ts';
export type * from './schema/admin-events.ts';
export type * from './schema/admin-failed-jobs.ts';
export type * from './schema/admin-jobs.ts';
export type * from './schema/admin-lanes.ts';
export type * from './schema/admin-performances.ts';
export type * from './schema/admin-reports.ts';
export type * from './schema/admin-reservations.ts';
export type * from './schema/admin-sales.ts';
export type * from './schema/admin-top-ups.ts';
export type * from './schema/admin-users.ts';
export type * from './schema/concert.ts';
export type * from './schema/health.ts';
export type * from './schema/job.ts';
export type * from './schema/operations.ts';
export type * from './schema/payment.ts';
export type * from './schema/point.ts';
export type * from './schema/problem.ts';
export type * from './schema/reservation.ts';
export type * from './schema/shared.ts';
export type * from './schema/sign-in.ts';
export type * from './schema/temporary-reservation.ts';
export type * from './schema/waiting-queue.ts';
export type * from './schema/waiting-token.ts';
