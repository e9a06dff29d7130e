import type { Config } from '../../shared/platform/config';
import { Problem } from '../../shared/platform/errors';
import type { Listener } from './event-stream';

type Limits = Pick<Config, 'MAX_STREAMS' | 'MAX_STREAMS_PER_USER' | 'MAX_STREAMS_PER_ADDRESS'>;

const comeBackSeconds = 5;

/** Counts the open streams of a process by who listens: by user, of others by address. */
export function createPlaces(limits: Limits) {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    /**
     * @returns how to give the place back, once
     * @throws Problem TOO_MANY_STREAMS
     */
    take({ userId, address }: Listener): () => void {
      const key = userId === null ? `address ${address}` : `user ${userId}`;
      const [whose, most] =
        userId === null ? ['address', limits.MAX_STREAMS_PER_ADDRESS] : ['user', limits.MAX_STREAMS_PER_USER];
      const before = taken.get(key) ?? 0;
      if (before >= most) throw tooMany(`One ${whose} may have ${most} streams open.`);
      if (all >= limits.MAX_STREAMS) throw tooMany(`${limits.MAX_STREAMS} streams are open here.`);
      taken.set(key, before + 1);
      all += 1;
      return () => {
        all -= 1;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}

function tooMany(detail: string): Problem {
  return new Problem('TOO_MANY_STREAMS', { detail, retryAfterSeconds: comeBackSeconds });
}
