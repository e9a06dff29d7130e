import DataLoader from 'dataloader';
import type { Context } from '../../shared/context';
import type { HoldDoc } from '../../shared/holds/hold.model';
import { oldestLive } from '../holds/hold';

/** Somebody who looks at the map of a performance. */
export interface Reader {
  userId: string;
  performanceId: string;
}

interface OwnSeats {
  /** Ids of the seats that they hold, in order. */
  held: string[];
  /** Whether holds of theirs have changed since the oldest map that may be cached. */
  changed: boolean;
}

export type OwnSeatsOf = (reader: Reader) => Promise<OwnSeats>;

/** Clocks of API processes and of the database are that good. */
const clockSlackMs = 2000;
/** Readers in one query. */
const maxReaders = 200;

/**
 * Readers in the same turn of the event loop share one query: during a sale everybody who looks at a map is signed in, and
 * a query each would cost ten times what the map costs.
 */
export function createOwnSeats(context: Pick<Context, 'models' | 'clock' | 'config'>): OwnSeatsOf {
  const { models, clock, config } = context;
  const loader = new DataLoader<Reader, OwnSeats>(
    async (readers) => {
      const since = new Date(clock.now() - config.SEAT_MAP_CACHE_MS - clockSlackMs);
      const ofReaders = {
        userId: { $in: readers.map(({ userId }) => userId) },
        performanceId: { $in: readers.map(({ performanceId }) => performanceId) },
      };
      const find = (which: object) =>
        models.holds
          .find({ ...ofReaders, ...which })
          .hint({ userId: 1, performanceId: 1, _id: -1 })
          .select({ userId: 1, performanceId: 1, status: 1, seatIds: 1, placedAt: 1, endedAt: 1 })
          .lean<HoldDoc[]>();
      // What came by standby has an id of the time when its owner joined the line.
      const [recent, offers] = await Promise.all([
        find({ _id: { $gte: oldestLive(context) }, $or: [{ status: 'held' }, { endedAt: { $gte: since } }] }),
        models.standbyEntries
          .find({ ...ofReaders, live: true, status: 'offered' }, { holdId: 1 })
          .hint({ userId: 1, performanceId: 1 })
          .lean(),
      ]);
      const known = new Set(recent.map(({ _id }) => _id));
      const older = offers.flatMap(({ holdId }) => (holdId && !known.has(holdId) ? holdId : []));
      const found = older.length > 0 ? [...recent, ...(await find({ _id: { $in: older } }))] : recent;
      const byReader = new Map<string, HoldDoc[]>();
      for (const hold of found) byReader.set(keyOf(hold), [...(byReader.get(keyOf(hold)) ?? []), hold]);
      return readers.map((reader) => ownOf(byReader.get(keyOf(reader)) ?? [], since));
    },
    { cache: false, maxBatchSize: maxReaders, batchScheduleFn: setImmediate },
  );
  return (reader) => loader.load(reader);
}

const keyOf = ({ userId, performanceId }: Reader) => `${performanceId}/${userId}`;

function ownOf(holds: HoldDoc[], since: Date): OwnSeats {
  return {
    held: holds.flatMap(({ status, seatIds }) => (status === 'held' ? seatIds : [])).sort(),
    changed: holds.some(({ placedAt, endedAt }) => (endedAt ?? placedAt) >= since),
  };
}
