import { Problem } from '../platform/errors';
import type { Identity } from './identity';
import type { QueueTokenState } from './queue-token-state';
import { type Answer, readAnswer } from './read-answer';
import type { Room } from './room';
import type { ServeVisitor } from './serve-visitors';
import type { WaitingRoom } from './waiting-room-verbs';
import { whyExpired } from './why-expired';

type VisitorVerbs = Pick<WaitingRoom, 'join' | 'poll' | 'leave' | 'gate' | 'finish' | 'watch'>;

export function visitorVerbs(serve: ServeVisitor, { tokenOf, placeOf }: Identity): VisitorVerbs {
  return {
    async join(room, userId) {
      const answer = await serve('join', room, { place: placeOf(room, userId), userId });
      if (answer[0] === 'closed') throw new Problem('WAITING_ROOM_CLOSED');
      return { token: tokenOf(room, userId), state: readFresh(room, answer) };
    },
    async poll(room, userId, token) {
      const answer = await serve('poll', room, {
        place: placeOf(room, userId, token),
        userId,
        says: token === undefined ? '' : '1',
      });
      if (answer[0] === 'early') throw tooEarly(answer);
      return readLive(room, answer);
    },
    async leave(room, userId, token) {
      return readOwn(room, await serve('leave', room, { place: placeOf(room, userId, token), userId }));
    },
    async gate(room, userId, token) {
      if (token === undefined) throw new Problem('QUEUE_TOKEN_REQUIRED');
      const { status } = readLive(room, await serve('gate', room, { place: placeOf(room, userId, token), userId }));
      if (status === 'waiting') throw new Problem('QUEUE_TOKEN_NOT_ACTIVE');
      if (status !== 'active') throw new Problem('QUEUE_TOKEN_EXPIRED', whyExpired[status === 'left' ? 'L' : 'C']);
    },
    async finish(room, userId, paymentId) {
      await serve('finish', room, { place: placeOf(room, userId), userId, says: paymentId });
    },
    async watch(room, userIds) {
      const answers = await Promise.all(
        userIds.map((userId) => serve('watch', room, { place: placeOf(room, userId), userId })),
      );
      return answers.map((answer) => readFresh(room, answer));
    },
  };
}

/** The state of somebody who is given a place if there is none. */
function readFresh(room: Room, answer: Answer): QueueTokenState {
  // The caller's copy of the concert is from before a reset; it has a newer one in a moment.
  if (answer[0] === 'stale') throw new Problem('SERVICE_UNAVAILABLE');
  return readAnswer(room, answer);
}

/** The state of somebody who says that they have a place. */
function readOwn(room: Room, answer: Answer): QueueTokenState {
  if (answer[0] === 'none') throw new Problem('QUEUE_TOKEN_NOT_FOUND');
  if (answer[0] === 'stale') throw new Problem('QUEUE_TOKEN_EXPIRED', whyExpired.reset);
  return readAnswer(room, answer);
}

/** The same, of somebody whose time must not have run out. */
function readLive(room: Room, answer: Answer): QueueTokenState {
  const letter = answer[0];
  if (letter === 'X' || letter === 'S') throw new Problem('QUEUE_TOKEN_EXPIRED', whyExpired[letter]);
  return readOwn(room, answer);
}

function tooEarly([, now, due]: Answer): Problem {
  const retryAfterSeconds = Math.ceil((Number(due) - Number(now)) / 1000);
  return new Problem('QUEUE_POLL_TOO_EARLY', { retryAfterSeconds, detail: 'Your place in line is safe; poll later.' });
}
