import { LRUCache } from 'lru-cache';
import { Problem } from '../platform/errors';
import { makeQueueToken, placeOf, sameToken } from './queue-token';
import type { Room } from './room';
import { whyExpired } from './why-expired';

/** What follows from the secret alone, without asking Redis. */
export interface Identity {
  tokenOf(room: Room, userId: string): string;
  /** The user's place; a token that is shown must be the user's own. @throws QUEUE_TOKEN_INVALID, QUEUE_TOKEN_EXPIRED */
  placeOf(room: Room, userId: string, token?: string): string;
}

/** People poll again and again, mostly through the same process: their tokens are kept rather than made each time. */
const keptTokens = 50_000;

/** @param previousSecret tokens that were made with it are good as well */
export function createIdentity(secret: string, previousSecret?: string): Identity {
  const owns = new LRUCache<string, { token: string; place: string }>({ max: keptTokens });

  function ownOf({ _id, room }: Room, userId: string) {
    const key = `${room.epoch} ${_id} ${userId}`;
    const known = owns.get(key);
    if (known) return known;
    const token = makeQueueToken(secret, { concertId: _id, epoch: room.epoch }, userId);
    const own = { token, place: placeOf(token) };
    owns.set(key, own);
    return own;
  }

  const secrets = previousSecret ? [secret, previousSecret] : [secret];
  /** Whether it is the user's token by any secret. */
  const isOf = (concertId: string, epoch: number, userId: string, token: string) =>
    secrets.some((one) => sameToken(token, makeQueueToken(one, { concertId, epoch }, userId)));

  function refuse({ _id, room }: Room, userId: string, token: string): never {
    if (isOf(_id, room.epoch - 1, userId, token)) throw new Problem('QUEUE_TOKEN_EXPIRED', whyExpired.reset);
    throw new Problem('QUEUE_TOKEN_INVALID');
  }

  return {
    tokenOf: (room, userId) => ownOf(room, userId).token,
    placeOf(room, userId, token) {
      const own = ownOf(room, userId);
      if (token === undefined || sameToken(token, own.token)) return own.place;
      if (previousSecret && isOf(room._id, room.room.epoch, userId, token)) return own.place;
      return refuse(room, userId, token);
    },
  };
}
