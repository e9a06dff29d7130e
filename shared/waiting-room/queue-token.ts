import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Room } from '../concerts/concert.model';
import { Problem } from '../platform/errors';

/** Which waiting room, and since which reset, a token is good for. */
interface TokenScope {
  concertId: string;
  epoch: number;
}

/**
 * The user's token for a waiting room: 256 bits that only the holder of the secret can make, the same ones every time. So
 * a repeat from any tab or device gets the same token, also after Redis was lost, and garbage is refused without asking
 * Redis. 43 characters of base64url.
 */
export function makeQueueToken(secret: string, { concertId, epoch }: TokenScope, userId: string): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify(['queue-token', concertId, epoch, userId]))
    .digest('base64url');
}

/** What Redis knows a visitor by: 128 bits of the token's SHA-256, 22 characters. The token itself is stored nowhere. */
export function visitorIdOf(token: string): string {
  return createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
}

/** Compares in a time that reveals nothing about the tokens. */
function sameToken(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Why a token has ended: the details of QUEUE_TOKEN_EXPIRED. */
export const endReasons = {
  'session-over': { detail: 'Your visit is over: join the line again.', extra: { reason: 'session-over' } },
  silent: { detail: 'Nothing was heard of you for too long: join the line again.', extra: { reason: 'silent' } },
  completed: {
    detail: 'Your visit ended with the payment: join the line again for more.',
    extra: { reason: 'completed' },
  },
  left: { detail: 'You left the line: join it again.', extra: { reason: 'left' } },
  reset: { detail: 'The line was started anew: join it again.', extra: { reason: 'reset' } },
} as const;

/** What follows from the secret alone, without asking Redis. */
export interface QueueTokens {
  tokenOf(room: Room, userId: string): string;
  /** A token that is shown must be the user's own. @throws QUEUE_TOKEN_INVALID, QUEUE_TOKEN_EXPIRED */
  visitorId(room: Room, userId: string, token?: string): string;
}

/** Users poll again and again, mostly through the same process: their tokens are cached rather than made each time. */
const maxCached = 50_000;

/** @param previousSecret tokens that were made with it are good as well */
export function createQueueTokens(secret: string, previousSecret?: string): QueueTokens {
  const cache = new LRUCache<string, { token: string; visitorId: string }>({ max: maxCached });

  function ownOf({ _id, room }: Room, userId: string) {
    const key = `${room.epoch} ${_id} ${userId}`;
    const cached = cache.get(key);
    if (cached) return cached;
    const token = makeQueueToken(secret, { concertId: _id, epoch: room.epoch }, userId);
    const own = { token, visitorId: visitorIdOf(token) };
    cache.set(key, own);
    return own;
  }

  const secrets = previousSecret ? [secret, previousSecret] : [secret];
  /** Whether it is the user's token by any secret. */
  const isOf = (scope: TokenScope, userId: string, token: string) =>
    secrets.some((one) => sameToken(token, makeQueueToken(one, scope, userId)));

  function refuse({ _id, room }: Room, userId: string, token: string): never {
    if (isOf({ concertId: _id, epoch: room.epoch - 1 }, userId, token))
      throw new Problem('QUEUE_TOKEN_EXPIRED', endReasons.reset);
    throw new Problem('QUEUE_TOKEN_INVALID');
  }

  return {
    tokenOf: (room, userId) => ownOf(room, userId).token,
    visitorId(room, userId, token) {
      const own = ownOf(room, userId);
      if (token === undefined || sameToken(token, own.token)) return own.visitorId;
      if (previousSecret && isOf({ concertId: room._id, epoch: room.room.epoch }, userId, token)) return own.visitorId;
      return refuse(room, userId, token);
    },
  };
}
