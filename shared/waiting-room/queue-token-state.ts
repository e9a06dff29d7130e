import type { Room } from '../concerts/concert.model';
import { type Eta, estimateWait } from './eta';
import type { VisitorAnswer } from './protocol';

type QueueTokenStatus = 'waiting' | 'active' | 'completed' | 'expired' | 'left';

/** A visitor's place in line as the API answers it. Times are ISO 8601, spans are seconds. */
export interface QueueTokenState {
  status: QueueTokenStatus;
  /** 1 is next. Null before the line opens, and once the wait is over. */
  position: number | null;
  /** People really ahead now: `position` less one. */
  ahead: number | null;
  etaSeconds: number | null;
  eta: Eta;
  /** While waiting: whether nobody is admitted for now; the place is kept. */
  paused: boolean;
  /** Poll again after this, not before. Null once the token has ended. */
  pollAfterSeconds: number | null;
  /** When the token ends unless it is used or polled: the place in line, or the session. */
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

const base = {
  position: null,
  ahead: null,
  etaSeconds: null,
  eta: { known: false, lowSeconds: null, highSeconds: null },
  paused: false,
  pollAfterSeconds: null,
  expiresAt: null,
  activeUntil: null,
  activeUntilAtMost: null,
  entryUrl: null,
  opensAt: null,
  drawNumber: null,
};

/** The state of a token that a reset has ended. */
export const expiredState: QueueTokenState = { ...base, status: 'expired' };

type StateAnswer = Exclude<VisitorAnswer, { outcome: 'not-in-line' | 'too-early' | 'closed' | 'outdated' }>;

/** A script's answer as the public state. */
export function stateOf(room: Room, answer: StateAnswer): QueueTokenState {
  const drawNumber = answer.drawNumber || null;
  switch (answer.outcome) {
    case 'waiting':
      return {
        ...{ ...base, status: 'waiting', drawNumber, pollAfterSeconds: pollAfterSeconds(answer) },
        expiresAt: iso(answer.nextPollAt + room.room.graceSeconds * 1000),
        ...inLine(room, answer),
      };
    case 'active': {
      const activeUntil = iso(answer.activeUntil);
      return {
        ...{ ...base, status: 'active', drawNumber, pollAfterSeconds: pollAfterSeconds(answer) },
        ...{ expiresAt: activeUntil, activeUntil, activeUntilAtMost: iso(answer.activeUntilAtMost) },
        entryUrl: room.entryUrl ?? `/v1/concerts/${room._id}/performances`,
      };
    }
    case 'session-over':
    case 'silent':
      return { ...base, status: 'expired', drawNumber };
    default:
      return { ...base, status: answer.outcome, drawNumber };
  }
}

/** Up to a tenth of a second, so that a client that waits exactly this long is not too early. */
function pollAfterSeconds({ now, nextPollAt }: { now: number; nextPollAt: number }): number {
  return Math.ceil((nextPollAt - now) / 100) / 10;
}

/** Before the line opens nobody has a position: showing it would show the draw. */
function inLine(room: Room, answer: Extract<StateAnswer, { outcome: 'waiting' }>): Partial<QueueTokenState> {
  const { opensAt, room: limits } = room;
  const { now, rank } = answer;
  if (opensAt && opensAt.getTime() > now) return { opensAt: opensAt.toISOString() };
  const moving = !limits.paused && limits.maxActive !== 0 && limits.admitPerMinute !== 0;
  const estimate = moving ? estimateWait(answer, rank, limits.admitPerMinute, now) : {};
  return { position: rank + 1, ahead: rank, paused: limits.paused, ...estimate };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
