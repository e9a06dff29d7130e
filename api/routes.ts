import type { Config } from '../shared/platform/config';
import { callOffPerformance, getCallOff } from './admin/call-off-performance';
import { chargeUserRoute } from './admin/charge-user';
import { createConcertRoute } from './admin/create-concert';
import { createPerformance } from './admin/create-performance';
import { confirmApproval, listApprovals, rejectApproval } from './admin/decide-approval';
import { getAdminJob } from './admin/get-admin-job';
import { getRoom } from './admin/get-room';
import { getSales } from './admin/get-sales';
import { getStaffMember } from './admin/get-staff-member';
import { limitRoom } from './admin/limit-room';
import { listActions } from './admin/list-actions';
import { listDebts } from './admin/list-debts';
import { listFailedJobs } from './admin/list-failed-jobs';
import { listLanes } from './admin/list-lanes';
import { listSales } from './admin/list-sales';
import { listStandbyLines } from './admin/list-standby-lines';
import { listTopUps } from './admin/list-top-ups';
import { refundReservation } from './admin/refund-reservation';
import { refundTopUp } from './admin/refund-top-up';
import { reportPoints } from './admin/report-points';
import { resetRoom } from './admin/reset-room';
import { retryJob } from './admin/retry-job';
import { drainRoom, pauseRoom, resumeRoom } from './admin/switch-room';
import { updateConcert } from './admin/update-concert';
import { updatePerformance } from './admin/update-performance';
import { signIn } from './auth/sign-in';
import { createBlock } from './blocks/create-block';
import { freeBlock } from './blocks/free-block';
import { getBlock, listBlocks } from './blocks/list-blocks';
import { getConcert } from './concerts/get-concert';
import { getPerformance } from './concerts/get-performance';
import { getSeatMap } from './concerts/get-seat-map';
import { listConcerts } from './concerts/list-concerts';
import { listPerformances } from './concerts/list-performances';
import { streamSeats } from './concerts/stream-seats';
import type { ApiContext } from './context';
import { explainRequest } from './desk/explain-request';
import { exportLedger } from './desk/export-ledger';
import { exportReservations } from './desk/export-reservations';
import { exportSeats } from './desk/export-seats';
import { findHolds } from './desk/find-holds';
import { findReservations } from './desk/find-reservations';
import { getSalesOverTime } from './desk/get-sales-over-time';
import { getSeatHistory } from './desk/get-seat-history';
import { lookUpReservation } from './desk/look-up-reservation';
import { lookUpUser } from './desk/look-up-user';
import { listEvents } from './events/list-events';
import { getHold } from './holds/get-hold';
import { listHolds } from './holds/list-holds';
import { placeHoldRoute } from './holds/place-hold';
import { releaseHoldRoute } from './holds/release-hold';
import type { Route } from './http/route';
import { getJob } from './jobs/get-job';
import { streamJobs } from './jobs/stream-jobs';
import { getLiveness, getReadiness } from './observe/health';
import { getProblem } from './openapi/get-problem';
import { getPayment } from './payments/get-payment';
import { payHoldRoute } from './payments/pay-hold';
import { chargePointsRoute, usePointsRoute } from './points/change-points';
import { getBalance } from './points/get-balance';
import { getStatement } from './points/get-statement';
import { listPointEntries } from './points/list-point-entries';
import { cancelReservationRoute } from './reservations/cancel-reservation';
import { getCancellationTerms } from './reservations/get-cancellation-terms';
import { getReservation } from './reservations/get-reservation';
import { issueReservationRoute } from './reservations/issue-reservation';
import { listReservations } from './reservations/list-reservations';
import { deletePlan } from './seating-plans/delete-plan';
import { getPlan } from './seating-plans/get-plan';
import { importPlan } from './seating-plans/import-plan';
import { listPlans } from './seating-plans/list-plans';
import { joinStandbyRoute } from './standby/join-standby';
import { leaveStandbyRoute } from './standby/leave-standby';
import { listStandby } from './standby/list-standby';
import { createTopUp } from './top-ups/create-top-up';
import { getTopUp } from './top-ups/get-top-up';
import { receiveEvent } from './top-ups/receive-event';
import { getDraw } from './waiting-room/get-draw';
import { joinQueue } from './waiting-room/join-queue';
import { leaveQueue } from './waiting-room/leave-queue';
import { pollQueue } from './waiting-room/poll-queue';
import { streamQueue } from './waiting-room/stream-queue';

/** Every endpoint there is, in the order of the document. A new one is added here. */
export function allRoutes(config: Config): Route<ApiContext>[] {
  return [
    ...(config.SIGN_IN ? [signIn(config)] : []),
    joinQueue,
    pollQueue,
    streamQueue,
    leaveQueue,
    getDraw,
    listConcerts,
    getConcert,
    listPerformances,
    getPerformance,
    getSeatMap,
    streamSeats,
    placeHoldRoute(config),
    listHolds,
    getHold,
    releaseHoldRoute,
    joinStandbyRoute(config),
    listStandby,
    leaveStandbyRoute,
    payHoldRoute,
    getPayment,
    listReservations,
    getReservation,
    getCancellationTerms,
    cancelReservationRoute,
    getBalance,
    listPointEntries,
    getStatement,
    chargePointsRoute(config),
    usePointsRoute(config),
    createTopUp(config),
    getTopUp,
    receiveEvent,
    streamJobs,
    getJob,
    getStaffMember,
    chargeUserRoute(config),
    createConcertRoute,
    updateConcert,
    importPlan,
    listPlans,
    getPlan,
    deletePlan,
    createPerformance,
    updatePerformance,
    callOffPerformance,
    getCallOff,
    createBlock,
    listBlocks,
    getBlock,
    freeBlock,
    issueReservationRoute,
    listSales,
    listStandbyLines,
    getSales,
    getRoom,
    limitRoom,
    pauseRoom,
    resumeRoom,
    drainRoom,
    resetRoom,
    refundReservation,
    listLanes,
    listFailedJobs,
    getAdminJob,
    retryJob,
    listTopUps,
    refundTopUp,
    listDebts,
    reportPoints,
    lookUpUser,
    findReservations,
    lookUpReservation,
    findHolds,
    getSeatHistory,
    explainRequest,
    getSalesOverTime,
    exportSeats,
    exportReservations,
    exportLedger,
    listApprovals,
    confirmApproval,
    rejectApproval,
    listActions,
    listEvents(config),
    getProblem,
    getLiveness,
    getReadiness,
  ];
}
