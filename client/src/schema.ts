// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

export type * from './schema/admin.ts';
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
export type * from './schema/standby.ts';
export type * from './schema/temporary-reservation.ts';
export type * from './schema/waiting-queue.ts';
export type * from './schema/waiting-token.ts';
