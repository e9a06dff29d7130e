// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { QueueTokenState } from './shared.ts';

export interface Draw {
  opensAt: string;
  /** SHA-256 of the seed, in hex; known from the start */
  seedHash: string;
  /** In hex; null until the queue opens */
  seed: string | null;
  /** Draw numbers 1 to this took part; null until the queue opens */
  participants: number | null;
}

export interface WaitingQueueOperations {
  /** Your position in the queue */
  'GET /v1/concerts/{concertId}/queue-token': { path: { concertId: string }; answer: QueueTokenState };
  /** Leave the queue */
  'DELETE /v1/concerts/{concertId}/queue-token': { path: { concertId: string }; answer: QueueTokenState };
  /** Your position in the queue, live */
  'GET /v1/concerts/{concertId}/queue-token/events': { path: { concertId: string }; answer: QueueTokenState };
  /** The opening draw */
  'GET /v1/concerts/{concertId}/draw': { path: { concertId: string }; answer: Draw };
}
