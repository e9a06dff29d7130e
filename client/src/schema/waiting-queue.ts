// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

import type { Problem } from './shared.ts';

export interface QueueTokenState {
  status: 'waiting' | 'active' | 'completed' | 'expired' | 'left';
  /** 1 is next; null before the queue opens and after the wait */
  position: number | null;
  /** Visitors ahead now */
  ahead: number | null;
  etaSeconds: number | null;
  /** From the measured rate of admissions; not known until there is one */
  eta: {
    known: boolean;
    lowSeconds: number | null;
    highSeconds: number | null;
  };
  /** While waiting: no visitor is admitted for now, and every position is kept */
  paused: boolean;
  /** Poll again after this, not before; null at the end */
  pollAfterSeconds: number | null;
  /** When the token ends unless it is polled */
  expiresAt: string | null;
  /** While active: until when, unless polls or use extend it */
  activeUntil: string | null;
  /** While active: the latest that it can be extended to */
  activeUntilAtMost: string | null;
  /** While active: where to go */
  entryUrl: string | null;
  /** When the queue opens, if it has not yet */
  opensAt: string | null;
  /** Number in the opening draw, for visitors who came before it */
  drawNumber: number | null;
}

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
