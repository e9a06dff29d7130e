import type { Room } from '../concerts/concert.model';
import { Problem } from '../platform/errors';
import type { VisitorAnswer } from './protocol';
import { endReasons, type QueueTokens } from './queue-token';
import { type QueueTokenState, stateOf } from './queue-token-state';
import type { ServeVisitor } from './share-calls';
import type { WaitingRoom } from './types';

type VisitorCalls = Pick<WaitingRoom, 'join' | 'poll' | 'leave' | 'gate' | 'finish' | 'watch'>;

export function visitorCalls(serve: ServeVisitor, { tokenOf, visitorId }: QueueTokens): VisitorCalls {
  return {
    async join(room, userId) {
      const answer = await serve('join', room, { visitorId: visitorId(room, userId), userId });
      return { token: tokenOf(room, userId), state: afterEntry(room, answer) };
    },
    async poll(room, userId, token) {
      const hasToken = token !== undefined;
      const answer = await serve('poll', room, { visitorId: visitorId(room, userId, token), userId, hasToken });
      return unexpired(room, answer);
    },
    async leave(room, userId, token) {
      return inLine(room, await serve('leave', room, { visitorId: visitorId(room, userId, token), userId }));
    },
    async gate(room, userId, token) {
      if (token === undefined) throw new Problem('QUEUE_TOKEN_REQUIRED');
      const answer = await serve('gate', room, { visitorId: visitorId(room, userId, token), userId });
      const { status } = unexpired(room, answer);
      if (status === 'waiting') throw new Problem('QUEUE_TOKEN_NOT_ACTIVE');
      if (status === 'left' || status === 'completed') throw new Problem('QUEUE_TOKEN_EXPIRED', endReasons[status]);
    },
    async finish(room, userId, paymentId) {
      await serve('finish', room, { visitorId: visitorId(room, userId), userId, paymentId });
    },
    async watch(room, userIds) {
      const answers = await Promise.all(
        userIds.map((userId) => serve('watch', room, { visitorId: visitorId(room, userId), userId })),
      );
      return answers.map((answer) => afterEntry(room, answer));
    },
  };
}

/** @param serve of its own, since a look makes no waiting room one that is in use */
export function lookCall(serve: ServeVisitor, { visitorId }: QueueTokens): Pick<WaitingRoom, 'look'> {
  return {
    async look(room, userId) {
      const answer = await serve('look', room, { visitorId: visitorId(room, userId), userId });
      return answer.outcome === 'not-in-line' || answer.outcome === 'outdated' ? null : inLine(room, answer);
    },
  };
}

/** The state after a call that gives the visitor a place in line if there is none. */
function afterEntry(room: Room, answer: VisitorAnswer): QueueTokenState {
  // The caller's copy of the concert is from before a reset; a newer one is read in a moment.
  if (answer.outcome === 'outdated') throw new Problem('SERVICE_UNAVAILABLE');
  return inLine(room, answer);
}

/** The state of a visitor who must be in line already. */
function inLine(room: Room, answer: VisitorAnswer): QueueTokenState {
  switch (answer.outcome) {
    case 'not-in-line':
      throw new Problem('QUEUE_TOKEN_NOT_FOUND');
    case 'outdated':
      throw new Problem('QUEUE_TOKEN_EXPIRED', endReasons.reset);
    case 'closed':
      throw new Problem('WAITING_ROOM_CLOSED');
    case 'too-early':
      throw tooEarly(room, answer);
    default:
      return stateOf(room, answer);
  }
}

/** The same, of a visitor whose time must not have run out. */
function unexpired(room: Room, answer: VisitorAnswer): QueueTokenState {
  const { outcome } = answer;
  if (outcome === 'session-over' || outcome === 'silent') throw new Problem('QUEUE_TOKEN_EXPIRED', endReasons[outcome]);
  return inLine(room, answer);
}

/** With the state all the same: another device of the same user may be the one that polls in time. */
function tooEarly(room: Room, answer: Extract<VisitorAnswer, { outcome: 'too-early' }>): Problem {
  const retryAfterSeconds = Math.ceil((answer.nextPollAt - answer.now) / 1000);
  const state = stateOf(room, { ...answer, outcome: 'waiting' });
  const detail = 'Your place in line is safe; poll later.';
  return new Problem('QUEUE_POLL_TOO_EARLY', { retryAfterSeconds, detail, extra: { state } });
}
