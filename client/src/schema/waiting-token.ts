// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { QueueTokenState } from './waiting-queue.ts';

export interface QueueToken extends QueueTokenState {
  /** To be sent as `Queue-Token` */
  token: string;
}
