export type QueueTokenStatus = 'waiting' | 'active' | 'completed' | 'expired' | 'left';

/** How long the wait will be, from the measured rate of admissions. All null and `known: false` until there is one. */
export interface Eta {
  known: boolean;
  lowSeconds: number | null;
  highSeconds: number | null;
}

/** A visitor's place in line as the API answers it. Times are ISO 8601, spans are seconds. */
export interface QueueTokenState {
  status: QueueTokenStatus;
  /** 1 is next. Null before the line opens, and once the wait is over. */
  position: number | null;
  /** People really ahead now: `position` less one. */
  ahead: number | null;
  etaSeconds: number | null;
  eta: Eta;
  /** While waiting: whether nobody is let in for now; the place is kept. */
  paused: boolean;
  /** Poll again after this, not before. Null once the token has ended. */
  pollAfterSeconds: number | null;
  /** When the token ends unless it is heard of: the place in line, or the visit. */
  expiresAt: string | null;
  /** While active: until when, unless polls or use extend it. */
  activeUntil: string | null;
  /** While active: the latest that polls and use can extend `activeUntil` to. */
  activeUntilAtMost: string | null;
  /** While active: where to go. */
  entryUrl: string | null;
  /** When the line opens, if it has not yet. */
  opensAt: string | null;
  /** Number in the opening draw, for those who came before the line opened; see `npm run verify-draw`. */
  drawNumber: number | null;
}
