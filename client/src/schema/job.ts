// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared-with-admin.ts';

export interface Job {
  id: string;
  kind:
    | 'hold.place'
    | 'hold.release'
    | 'hold.expire'
    | 'seat.block'
    | 'seat.unblock'
    | 'reservation.issue'
    | 'standby.join'
    | 'standby.leave'
    | 'standby.close'
    | 'standby.offer'
    | 'points.charge'
    | 'points.use'
    | 'points.reverse'
    | 'payment.pay'
    | 'reservation.cancel';
  /** `accepted` until it is one of the others, for good */
  status: 'accepted' | 'done' | 'refused' | 'failed';
  acceptedAt: string;
  finishedAt: string | null;
  result: {
    [name: string]: unknown;
  } | null;
  problem: Problem | null;
}

export interface JobOperations {
  /** What becomes of your commands, live */
  'GET /v1/jobs/events': { answer: Job };
  /** What became of a command */
  'GET /v1/jobs/{jobId}': { path: { jobId: string }; answer: Job };
}
