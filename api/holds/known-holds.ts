import { LRUCache } from 'lru-cache';
import type { PayloadOf } from '../../shared/commands/catalogue';
import type { CommandDoc } from '../../shared/commands/command.model';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { Problem } from '../../shared/platform/errors';
import { derivedId } from '../../shared/platform/ids';
import type { Finders } from '../reads/find-by-id';

/** What never changes of a hold: all that a command about it needs to know. */
type HoldFacts = Pick<HoldDoc, 'userId' | 'performanceId' | 'section' | 'seatIds'>;

export interface KnownHolds {
  /** A user's own hold. @throws Problem HOLD_NOT_FOUND, for another user's too */
  get(holdId: string, userId: string): Promise<HoldFacts>;
  /** Takes up the hold that a `hold.place` has given, which its user will pay or give back next. */
  add(job: CommandDoc): void;
}

/** At about half a kilobyte each. */
const maxHolds = 50_000;

export function createKnownHolds(find: Finders): KnownHolds {
  const known = new LRUCache<string, HoldFacts>({ max: maxHolds });

  async function read(holdId: string): Promise<HoldFacts | null> {
    const hold = await find.holds(holdId);
    if (!hold) return null;
    const { userId, performanceId, section, seatIds } = hold;
    known.set(holdId, { userId, performanceId, section, seatIds });
    return hold;
  }

  return {
    async get(holdId, userId) {
      const hold = known.get(holdId) ?? (await read(holdId));
      if (hold?.userId !== userId) throw new Problem('HOLD_NOT_FOUND');
      return hold;
    },
    add({ _id, status, userId, payload, result }) {
      const holdId = derivedId('hold', _id);
      // The result may have come through Redis: it does not say which hold this is.
      if (status !== 'done' || result?.holdId !== holdId) return;
      const { performanceId, section, seatIds: best, candidates = [best] } = payload as PayloadOf<'hold.place'>;
      const seatIds = candidates.find((ids) => String(ids) === String(result.seatIds));
      if (seatIds) known.set(holdId, { userId, performanceId, section, seatIds });
    },
  };
}
