import type { Context } from '../../shared/context';
import { native } from '../../shared/models';
import { duplicatesOf } from '../../shared/platform/store-errors';
import type { AdmissionDoc } from '../../shared/waiting-room/admission.model';
import type { PendingAdmission, Room, WaitingRoom } from '../../shared/waiting-room/waiting-room';

/** Moves pending admissions from Redis to MongoDB, where the feed of events reads them, beside the tick. */
export interface AdmissionStore {
  /** Starts unless it is in flight for this waiting room. */
  store(room: Room): void;
  /** Resolves when nothing is in flight. */
  settled(): Promise<void>;
}

export function createAdmissionStore(
  { models, logger, config }: Pick<Context, 'models' | 'logger' | 'config'>,
  waitingRoom: WaitingRoom,
): AdmissionStore {
  const inFlight = new Map<string, Promise<void>>();
  const admissions = native(models, 'admissions');

  async function storeAll(room: Room): Promise<void> {
    for (;;) {
      const pending = await waitingRoom.pendingAdmissions(room);
      if (pending.length === 0) return;
      await insertOnce(pending.map((one) => docOf(room, one, config.KEEP_ADMISSIONS_HOURS)));
      await waitingRoom.deletePending(room, pending);
    }
  }

  /**
   * In order: of two workers at once each finds the other's documents as duplicates, so a worker that stores one has found
   * all before it stored.
   */
  async function insertOnce(docs: AdmissionDoc[]): Promise<void> {
    try {
      await admissions.insertMany(docs, { ordered: false });
    } catch (error) {
      if (duplicatesOf(error).length === 0) throw error;
    }
  }

  return {
    store(room) {
      if (inFlight.has(room._id)) return;
      const stored = storeAll(room)
        // They stay pending; the next tick tries again.
        .catch((error: unknown) => logger.warn({ concert: room._id, error }, 'admissions not stored'))
        .finally(() => inFlight.delete(room._id));
      inFlight.set(room._id, stored);
    },
    async settled() {
      await Promise.all(inFlight.values());
    },
  };
}

function docOf({ _id: concertId }: Room, { id, at, admitted }: PendingAdmission, keptHours: number): AdmissionDoc {
  const users = admitted.map(({ visitorId, userId }) => ({ place: visitorId, userId }));
  return {
    _id: `${concertId}:${id}`,
    concertId,
    at,
    deleteAt: new Date(at.getTime() + keptHours * 3_600_000),
    admitted: users,
  };
}
