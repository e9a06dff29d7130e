// Made from the OpenAPI document by `npm run client:generate`. Not to be edited.

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

export interface Standby {
  id: string;
  performanceId: string;
  section: string;
  seats: number;
  maxPrice: number | null;
  /** `waiting`, `offered` (pay the hold in time), `taken` (paid), `lapsed`, `left`, or `skipped`: it was your turn, but see `reason` */
  status: 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left' | 'skipped';
  /** Place in line, from 1, while it waits */
  position: number | null;
  /** How many wait in that line */
  length: number | null;
  /** The seats that were offered */
  holdId: string | null;
  /** The problem code that it was skipped for */
  reason: string | null;
  joinedAt: string;
  endedAt: string | null;
}
