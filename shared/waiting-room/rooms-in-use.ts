import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { roomKeys } from './scripts';

/**
 * The concerts in whose waiting rooms something may move, so that the tick looks at no others, however many there have been.
 * A sorted set: concert id -> since when the room has been idle (ms), infinity while it is in use. It is a hint beside the rooms'
 * own keys, which may be on another node of a cluster: what is lost comes back with the next call of a visitor.
 */
export interface RoomsInUse {
  /** To be called before each call of a visitor. Sent once a second for a room and process. */
  touch(concertId: string): void;
  /** Concert id to since when its room is idle, ms. */
  list(): Promise<Map<string, number>>;
  /** After a look at these rooms. @param now ms */
  mark(used: readonly string[], idle: readonly string[], now: number): Promise<void>;
  /** Forgets rooms that have been idle since then, ms, and were not touched: nobody is in them. */
  forget(since: number): Promise<void>;
  /** Whether there is anybody in a room, or anything left to do about those who were. Changes nothing. */
  hasVisitors(concertId: string): Promise<boolean>;
}

/** ms. Far less than a room is idle before it is forgotten, so that no call that relied on an earlier touch is missed. */
const touchMs = 1000;
const maxTouched = 10_000;

interface Options {
  redis: Pick<Redis, 'zadd' | 'zrange' | 'zremrangebyscore' | 'exists' | 'xlen'>;
  prefix: string;
}

export function createRoomsInUse({ redis, prefix }: Options): RoomsInUse {
  const key = `${prefix}:rooms`;
  const touched = new LRUCache<string, true>({ max: maxTouched, ttl: touchMs });
  return {
    touch(concertId) {
      if (touched.has(concertId)) return;
      touched.set(concertId, true);
      redis.zadd(key, 'inf', concertId).catch(() => touched.delete(concertId));
    },
    async list() {
      const found = await redis.zrange(key, '0', '-1', 'WITHSCORES');
      const rooms = new Map<string, number>();
      for (let i = 0; i < found.length; i += 2) rooms.set(found[i] ?? '', scoreOf(found[i + 1]));
      return rooms;
    },
    async mark(used, idle, now) {
      if (used.length > 0) await redis.zadd(key, ...used.flatMap((id) => ['inf', id]));
      // Only what is there, and not longer idle: a room that is touched meanwhile is looked at again before it is forgotten.
      if (idle.length > 0) await redis.zadd(key, 'XX', 'LT', ...idle.flatMap((id) => [String(now), id]));
    },
    async forget(since) {
      await redis.zremrangebyscore(key, '-inf', since);
    },
    async hasVisitors(concertId) {
      const { line, active, ended, pending } = roomKeys(prefix, concertId);
      const [there, stored] = await Promise.all([redis.exists(line, active, ended), redis.xlen(pending)]);
      return there + stored > 0;
    },
  };
}

function scoreOf(text: string | undefined): number {
  return text === 'inf' ? Number.POSITIVE_INFINITY : Number(text);
}
