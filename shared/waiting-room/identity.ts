import { Problem } from '../platform/errors';
import { drawSeed } from './draw';
import { makeQueueToken, placeOf, sameToken } from './queue-token';
import type { Room } from './room';
import { whyExpired } from './why-expired';

/** What follows from the secret alone, without asking Redis. */
export interface Identity {
  tokenOf(room: Room, userId: string): string;
  /** The user's place; a token that is shown must be the user's own. @throws QUEUE_TOKEN_INVALID, QUEUE_TOKEN_EXPIRED */
  placeOf(room: Room, userId: string, token?: string): string;
  seedOf(room: Room): string;
}

export function createIdentity(secret: string): Identity {
  const tokenOf = ({ _id, room }: Room, userId: string, epoch = room.epoch) =>
    makeQueueToken(secret, { concertId: _id, epoch }, userId);
  return {
    tokenOf: (room, userId) => tokenOf(room, userId),
    placeOf(room, userId, token) {
      const own = tokenOf(room, userId);
      if (token === undefined || sameToken(token, own)) return placeOf(own);
      const beforeReset = sameToken(token, tokenOf(room, userId, room.room.epoch - 1));
      throw beforeReset ? new Problem('QUEUE_TOKEN_EXPIRED', whyExpired.reset) : new Problem('QUEUE_TOKEN_INVALID');
    },
    seedOf: ({ _id, room }) => drawSeed(secret, _id, room.epoch),
  };
}
