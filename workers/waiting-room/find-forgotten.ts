import type { RoomsInUse } from '../../shared/waiting-room/rooms-in-use';
import type { Rooms } from './rooms';

/** Concerts that are looked up at a time, and how often all of them are, ms. */
const perStep = 100;
const everyMs = 600_000;

/**
 * Looks through all concerts, some at a time, for visitors in rooms that are not known to be in use: after a start, when the set
 * was lost, and now and then.
 */
export function createFindForgotten(rooms: Pick<Rooms, 'idsAfter'>, inUse: RoomsInUse) {
  /** The last concert that was looked up; null between two passes. */
  let last: string | null = '';
  let nextAt = 0;
  return {
    /** Begins another pass with the next step. */
    restart(): void {
      last = '';
    },
    async step(): Promise<void> {
      if (last === null && performance.now() >= nextAt) last = '';
      if (last === null) return;
      const ids = await rooms.idsAfter(last, perStep);
      const found = await Promise.all(ids.map(async (id) => ((await inUse.hasVisitors(id)) ? [id] : [])));
      await inUse.mark(found.flat(), [], 0);
      last = ids.length < perStep ? null : (ids.at(-1) ?? null);
      if (last === null) nextAt = performance.now() + everyMs;
    },
  };
}
