import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';

/** Whose streams are counted together: the user's, or those without a user of one address. */
export interface StreamClient {
  userId: string | null;
  address: string;
  /** ms until the bearer token ends, and the stream with it; null without a token. */
  remainingMs?: number | null;
}

export type StreamLimits = Pick<
  Config,
  'MAX_STREAMS' | 'MAX_STREAMS_FOR_USERS_PERCENT' | 'MAX_STREAMS_PER_USER' | 'MAX_STREAMS_PER_ADDRESS'
>;

const retryAfterSeconds = 5;

/**
 * Counts the open streams of a process, in all and by client. A part is reserved for users: addresses cost nothing, so without
 * it some of them would take all streams.
 */
export function createQuotas(limits: StreamLimits) {
  const taken = new Map<string, number>();
  const forEverybody = Math.floor(limits.MAX_STREAMS * (1 - limits.MAX_STREAMS_FOR_USERS_PERCENT / 100));
  let all = 0;
  let withoutUser = 0;
  return {
    /**
     * @returns how to give it back, once
     * @throws Problem TOO_MANY_STREAMS
     */
    take({ userId, address }: StreamClient): () => void {
      const key = userId === null ? `address ${address}` : `user ${userId}`;
      const [whose, max] =
        userId === null ? ['address', limits.MAX_STREAMS_PER_ADDRESS] : ['user', limits.MAX_STREAMS_PER_USER];
      const before = taken.get(key) ?? 0;
      if (before >= max) throw tooMany(`One ${whose} may have ${max} streams open.`);
      if (all >= limits.MAX_STREAMS) throw tooMany(`${limits.MAX_STREAMS} streams are open here.`);
      if (userId === null && withoutUser >= forEverybody)
        throw tooMany(`${forEverybody} streams of visitors who are not signed in are open here.`);
      const counted = userId === null ? 1 : 0;
      taken.set(key, before + 1);
      all += 1;
      withoutUser += counted;
      return () => {
        all -= 1;
        withoutUser -= counted;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}

function tooMany(detail: string): Problem {
  return new Problem('TOO_MANY_STREAMS', { detail, retryAfterSeconds });
}
