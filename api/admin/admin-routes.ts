import type { Route } from '../http/route';
import { createConcert } from './create-concert';
import { createPerformance } from './create-performance';
import { getAdminJob } from './get-admin-job';
import { getRoom } from './get-room';
import { getSales } from './get-sales';
import { limitRoom } from './limit-room';
import { listActions } from './list-actions';
import { listFailedJobs } from './list-failed-jobs';
import { listLanes } from './list-lanes';
import { listSales } from './list-sales';
import { resetRoom } from './reset-room';
import { retryJob } from './retry-job';
import { drainRoom, pauseRoom, resumeRoom } from './switch-room';
import { updateConcert } from './update-concert';

/** Every endpoint for the admin role, in the order of the document. */
export const adminRoutes: Route[] = [
  createConcert,
  updateConcert,
  createPerformance,
  listSales,
  getSales,
  getRoom,
  limitRoom,
  pauseRoom,
  resumeRoom,
  drainRoom,
  resetRoom,
  listLanes,
  listFailedJobs,
  getAdminJob,
  retryJob,
  listActions,
];
