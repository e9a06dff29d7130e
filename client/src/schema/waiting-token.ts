// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';
import type { QueueTokenState } from './waiting-queue.ts';

export interface QueueToken extends QueueTokenState {
  /** To be sent as `Queue-Token` */
  token: string;
}

export interface WaitingTokenOperations {
  /** Join the queue */
  'POST /v1/concerts/{concertId}/queue-token': { path: { concertId: string }; answer: QueueToken };
}
