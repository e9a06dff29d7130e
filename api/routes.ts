import type { Config } from '../shared/platform/config';
import { adminRoutes } from './admin/admin-routes';
import { signIn } from './auth/sign-in';
import { getConcert } from './concerts/get-concert';
import { getPerformance } from './concerts/get-performance';
import { getSeatMap } from './concerts/get-seat-map';
import { listConcerts } from './concerts/list-concerts';
import { listPerformances } from './concerts/list-performances';
import { watchSeats } from './concerts/stream-seats';
import { listEvents } from './events/list-events';
import { getHold } from './holds/get-hold';
import { placeHold } from './holds/place-hold';
import { releaseHold } from './holds/release-hold';
import type { Route } from './http/route';
import { getJob } from './jobs/get-job';
import { watchJobs } from './jobs/stream-jobs';
import { getLiveness, getReadiness } from './observe/health';
import { getProblem } from './openapi/get-problem';
import { getPayment } from './payments/get-payment';
import { payHold } from './payments/pay-hold';
import { chargePoints, usePoints } from './points/change-points';
import { getBalance } from './points/get-balance';
import { listPointEntries } from './points/list-point-entries';
import { getReservation } from './reservations/get-reservation';
import { listReservations } from './reservations/list-reservations';
import { getDraw } from './waiting-room/get-draw';
import { joinQueue } from './waiting-room/join-queue';
import { leaveQueue } from './waiting-room/leave-queue';
import { pollQueue } from './waiting-room/poll-queue';
import { watchQueue } from './waiting-room/stream-queue';

/** Every endpoint there is, in the order of the document. A new one is added here. */
export function allRoutes(config: Config): Route[] {
  return [
    ...(config.SIGN_IN ? [signIn(config)] : []),
    joinQueue,
    pollQueue,
    watchQueue,
    leaveQueue,
    getDraw,
    listConcerts,
    getConcert,
    listPerformances,
    getPerformance,
    getSeatMap,
    watchSeats,
    placeHold(config),
    getHold,
    releaseHold,
    payHold,
    getPayment,
    listReservations,
    getReservation,
    getBalance,
    listPointEntries,
    chargePoints(config),
    usePoints(config),
    watchJobs,
    getJob,
    ...adminRoutes,
    listEvents(config),
    getProblem,
    getLiveness,
    getReadiness,
  ];
}
